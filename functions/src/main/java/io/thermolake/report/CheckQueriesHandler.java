package io.thermolake.report;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.lake.store.Clients;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.Waiting;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.AthenaException;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;

/**
 * Asks about the report's queries. The answer is RUNNING, or SUCCEEDED with {@code queries}: name to execution id.
 *
 * <p>Throws {@link QueryFailedException} as soon as one failed, and {@link QueryTimedOutException} past the deadline; the
 * others are stopped first.
 */
public final class CheckQueriesHandler implements RequestHandler<CheckQueriesHandler.Request, Progress> {
    /** @param handles those that StartQueries answered */
    public record Request(Run run, List<Handle> handles) {}

    private final AthenaClient athena;
    private final Waiting waiting;

    /** Called by Lambda, once for each execution environment. */
    public CheckQueriesHandler() {
        this(Clients.athena(), Clock.systemUTC());
    }

    CheckQueriesHandler(AthenaClient athena, Clock clock) {
        this.athena = athena;
        this.waiting = new Waiting(clock);
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        List<Handle> running = new ArrayList<>(request.handles());
        Map<String, String> ids = new TreeMap<>();
        for (Handle handle : request.handles()) {
            QueryExecutionStatus status = status(handle);
            switch (QueryStatus.of(status.stateAsString())) {
                case RUNNING -> {}
                case SUCCEEDED -> running.remove(handle);
                case FAILED -> {
                    running.remove(handle);
                    running.forEach(this::stop);
                    throw new QueryFailedException("The query bi/queries/%s.sql (execution %s) ended %s: %s"
                            .formatted(
                                    handle.name(),
                                    handle.id(),
                                    status.stateAsString(),
                                    status.stateChangeReason() == null
                                            ? "no reason given"
                                            : status.stateChangeReason()));
                }
            }
            ids.put(handle.name(), handle.id());
        }
        if (running.isEmpty()) {
            context.getLogger().log("query.finished queries=" + ids.keySet());
            return Progress.succeeded(Map.of("queries", ids));
        }
        waiting.goesOn(
                running,
                () -> running.forEach(this::stop),
                late -> new QueryTimedOutException(
                        "The query bi/queries/%s.sql (execution %s) was not done at its deadline %s and was stopped; see what the workgroup's other queries do"
                                .formatted(late.name(), late.id(), late.deadline())));
        return Progress.running(request.handles());
    }

    private QueryExecutionStatus status(Handle handle) {
        return athena.getQueryExecution(b -> b.queryExecutionId(handle.id()))
                .queryExecution()
                .status();
    }

    private void stop(Handle handle) {
        try {
            athena.stopQueryExecution(b -> b.queryExecutionId(handle.id()));
        } catch (AthenaException e) {
            // Ended between the two calls; what is told is why the others were stopped.
        }
    }
}
