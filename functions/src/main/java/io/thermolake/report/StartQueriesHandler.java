package io.thermolake.report;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.store.Handles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Starts each query of {@code bi/queries}. Run twice, it finds the executions of the first time, unless they failed. The
 * answer is RUNNING with a handle a query, whose name is the query's and whose id is the execution's.
 */
public final class StartQueriesHandler implements RequestHandler<StartQueriesHandler.Request, Progress> {
    /** Athena's own default limit for a SELECT ("DML query timeout" of its service quotas). */
    static final Duration TIMEOUT = Duration.ofMinutes(30);

    private static final int ATTEMPTS = 5;

    /** @param run that the report is of */
    public record Request(Run run) {}

    private final Settings settings;
    private final AthenaClient athena;
    private final Handles handles;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public StartQueriesHandler() {
        this(Settings.from(System.getenv()), Clients.athena(), Clients.s3(), Clock.systemUTC());
    }

    StartQueriesHandler(Settings settings, AthenaClient athena, S3Client s3, Clock clock) {
        this.settings = settings;
        this.athena = athena;
        this.handles = new Handles(new LakeStore(s3, settings.lake().bucket()));
        this.clock = clock;
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        List<Handle> started = new ArrayList<>();
        for (NamedQuery query : NamedQuery.ALL) {
            String id = start(query, request.run());
            Instant now = clock.instant();
            Handle handle = new Handle(Handle.Kind.QUERY, query.name(), id, now, now.plus(TIMEOUT));
            handles.record(request.run(), handle);
            started.add(handle);
            context.getLogger().log("query.started query=%s id=%s".formatted(query.name(), id));
        }
        return Progress.running(started);
    }

    private String start(NamedQuery query, Run run) {
        String id = start(query, run, 0);
        for (int attempt = 1; attempt < ATTEMPTS && failed(id); attempt++) {
            id = start(query, run, attempt);
        }
        return id;
    }

    private String start(NamedQuery query, Run run, int attempt) {
        return athena.startQueryExecution(b -> b.queryString(query.sql())
                        .clientRequestToken(query.token(run.id(), attempt))
                        .workGroup(settings.lake().workgroup())
                        .queryExecutionContext(c -> c.database(settings.lake().database())))
                .queryExecutionId();
    }

    private boolean failed(String id) {
        QueryExecutionStatus status = athena.getQueryExecution(b -> b.queryExecutionId(id))
                .queryExecution()
                .status();
        return QueryStatus.of(status.stateAsString()) == QueryStatus.FAILED;
    }
}
