package io.thermolake.local.athena;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.athena.trino.ShownFailure;
import io.thermolake.local.athena.trino.SqlRefusals;
import io.thermolake.local.athena.trino.Tables;
import io.thermolake.local.athena.trino.Translated;
import io.thermolake.local.athena.trino.TrinoSql;
import io.thermolake.local.aws.CloudContext;
import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.aws.Threads;
import io.thermolake.local.glue.Catalog;
import io.thermolake.local.s3.Buckets;
import io.thermolake.local.stack.StackResource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.GetQueryResultsRequest;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.GetWorkGroupRequest;
import software.amazon.awssdk.services.athena.model.GetWorkGroupResponse;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.Row;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.StatementType;
import software.amazon.awssdk.services.athena.model.StopQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StopQueryExecutionResponse;

/**
 * Athena on DuckDB: queries run beside the caller, and their results lie as CSV where the workgroup says. Longer than a page
 * since it is an API, an operation a method.
 */
public final class AthenaService implements AthenaClient {
    private static final int PAGE = 1000;
    /** Of a statement whose files change under it. */
    private static final int TRIES = 5;
    /** Athena bills 10 MB a query at least. */
    private static final double LEAST_BYTES = 10_000_000;

    /** Parsers and optimizers go down as deep as a statement is nested. */
    private static final long STACK_BYTES = 16 << 20;

    private static final String STOPPED = "The laptop cloud was stopped while the query ran";

    private final CloudContext context;
    private final Buckets buckets;
    private final DuckDb duck;
    private final Tables tables;
    private final JsonStore<QueryRun> runs;
    private final Limits limits;
    private final RunningQueries running;
    private volatile boolean closing;
    private final ExecutorService executor = Executors.newFixedThreadPool(2, r -> {
        Thread thread = new Thread(null, r, "athena", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    });

    /** With the limits that the system's properties set, or their defaults. */
    public AthenaService(CloudContext context, Catalog catalog, Buckets buckets) {
        this(context, catalog, buckets, Limits.of(System.getProperties()));
    }

    AthenaService(CloudContext context, Catalog catalog, Buckets buckets, Limits limits) {
        this.context = context;
        this.buckets = buckets;
        this.limits = limits;
        this.running = new RunningQueries(context.clock(), limits.time(), this::tooLong);
        this.duck = new DuckDb(
                catalog, buckets, limits, Spill.emptied(context.folder().state("athena-spill")));
        this.tables = new CatalogTables(catalog, new StackViews(context.stack()));
        this.runs = new JsonStore<>(context.folder().state("athena"), QueryRun.class);
        runs.list().stream()
                .filter(r -> r.completed() == null)
                .forEach(r -> runs.put(
                        r.id(), r.with("FAILED", STOPPED, context.clock().instant())));
    }

    @Override
    public synchronized StartQueryExecutionResponse startQueryExecution(StartQueryExecutionRequest request) {
        int bytes = request.queryString().getBytes(UTF_8).length;
        if (bytes > Limits.QUERY_BYTES) {
            throw invalid("The query has " + bytes + " bytes; its maximum is " + Limits.QUERY_BYTES);
        }
        String token = request.clientRequestToken();
        for (QueryRun run : runs.list()) {
            if (token != null && token.equals(run.token())) {
                if (!run.sql().equals(request.queryString())) {
                    throw invalid("Idempotent parameters do not match");
                }
                return StartQueryExecutionResponse.builder()
                        .queryExecutionId(run.id())
                        .build();
            }
        }
        String workgroup = request.workGroup() == null ? "primary" : request.workGroup();
        String id = UUID.randomUUID().toString();
        String database = request.queryExecutionContext() == null
                        || request.queryExecutionContext().database() == null
                ? "default"
                : request.queryExecutionContext().database();
        QueryRun run = new QueryRun(
                id,
                request.queryString(),
                database,
                workgroup,
                token,
                "QUEUED",
                null,
                output(workgroup, request) + id + ".csv",
                context.clock().instant(),
                null,
                0,
                List.of(),
                List.of());
        runs.put(id, run);
        List<String> parameters = request.executionParameters();
        executor.execute(() -> run(run, parameters));
        return StartQueryExecutionResponse.builder().queryExecutionId(id).build();
    }

    private String output(String workgroup, StartQueryExecutionRequest request) {
        Map<?, ?> configuration = (Map<?, ?>) workgroup(workgroup).properties().get("WorkGroupConfiguration");
        Object result = configuration == null ? null : configuration.get("ResultConfiguration");
        Object location = result instanceof Map<?, ?> map ? map.get("OutputLocation") : null;
        if (location == null && request.resultConfiguration() != null) {
            location = request.resultConfiguration().outputLocation();
        }
        if (location == null) {
            throw invalid("No output location provided. An output location is required");
        }
        return location.toString().endsWith("/") ? location.toString() : location + "/";
    }

    private StackResource workgroup(String name) {
        return context.stack().ofType("AWS::Athena::WorkGroup").stream()
                .filter(w -> w.physicalId().equals(name))
                .findFirst()
                .orElseThrow(() -> invalid("WorkGroup " + name + " is not found."));
    }

    private static InvalidRequestException invalid(String message) {
        return InvalidRequestException.builder().message(message).build();
    }

    private void run(QueryRun queued, List<String> parameters) {
        QueryRun run = new QueryRun(
                queued.id(),
                queued.sql(),
                queued.database(),
                queued.workgroup(),
                queued.token(),
                "RUNNING",
                null,
                queued.output(),
                queued.submitted(),
                null,
                0,
                List.of(),
                List.of());
        synchronized (this) {
            // It may have been stopped meanwhile.
            if (isOver(queued)) {
                return;
            }
            runs.put(run.id(), run);
            running.begin(run.id());
        }
        try {
            Translated translated = TrinoSql.forDuckDb(
                    run.sql(),
                    parameters,
                    run.database(),
                    tables,
                    context.clock().instant());
            for (int i = 1; ; i++) {
                StatementFiles listing = duck.listing();
                try {
                    answer(run, translated, listing);
                    break;
                } catch (SQLException | IllegalArgumentException e) {
                    if (isOver(run)) {
                        return;
                    }
                    // A run replaces and deletes files while others are asking: what is there now has the answer.
                    if (i == TRIES || !listing.isStale()) {
                        throw e;
                    }
                }
            }
        } catch (SQLException | RuntimeException e) {
            end(run, "FAILED", closing ? STOPPED : ShownFailure.text(e));
        } catch (OutOfMemoryError e) {
            end(
                    run,
                    "FAILED",
                    "The laptop's Athena has not the memory for a value of this query; ask for shorter ones");
        } catch (Error e) {
            // Else it would run for ever in the eyes of who waits for it.
            end(run, "FAILED", "The laptop's Athena could not go on: " + e);
            throw e;
        } finally {
            running.over(run.id());
        }
    }

    private boolean isOver(QueryRun run) {
        return runs.get(run.id()).map(r -> r.completed() != null).orElse(true);
    }

    private void tooLong(String id) {
        runs.get(id)
                .ifPresent(run -> end(
                        run,
                        "FAILED",
                        "Query timeout: the laptop's Athena ends a query after " + limits.time()
                                + "; ask for less, or raise thermolake.query.time"));
    }

    private void answer(QueryRun run, Translated translated, StatementFiles listing) throws SQLException {
        try (Connection connection = duck.open(run.database(), translated.tables(), listing)) {
            SqlRefusals refusals = translated.prepare(connection);
            try (PreparedStatement statement = connection.prepareStatement(translated.sql())) {
                running.statement(run.id(), statement);
                try (ResultSet rows = statement.executeQuery()) {
                    finish(run, translated, rows, refusals, duck.bytes(run.database(), translated.tables()));
                }
            }
        }
    }

    private void finish(QueryRun run, Translated query, ResultSet rows, SqlRefusals refusals, long scanned)
            throws SQLException {
        List<String> columns =
                query.columns().stream().map(Translated.Column::name).toList();
        List<String> types =
                query.columns().stream().map(Translated.Column::type).toList();
        try {
            buckets.write(run.output(), out -> write(out, query, columns, rows, refusals));
        } catch (SqlFailure e) {
            throw e.sql();
        }
        context.meter().add("Athena", "TB scanned", Math.max(LEAST_BYTES, scanned) / 1e12);
        putEnd(new QueryRun(
                run.id(),
                run.sql(),
                run.database(),
                run.workgroup(),
                run.token(),
                "SUCCEEDED",
                null,
                run.output(),
                run.submitted(),
                context.clock().instant(),
                scanned,
                columns,
                types));
    }

    private void end(QueryRun run, String state, @Nullable String reason) {
        putEnd(run.with(state, reason, context.clock().instant()));
    }

    /** The first end counts. */
    private synchronized void putEnd(QueryRun ended) {
        if (!isOver(ended)) {
            runs.putEnd(ended.id(), ended);
        }
    }

    /** An SQLException on its way through a stream. */
    private static final class SqlFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException sql;

        SqlFailure(SQLException sql) {
            super(sql);
            this.sql = sql;
        }

        SQLException sql() {
            return sql;
        }
    }

    private void write(OutputStream out, Translated query, List<String> columns, ResultSet rows, SqlRefusals refusals)
            throws IOException {
        try (ResultFile csv = new ResultFile(out, limits.resultMegabytes())) {
            csv.line(columns);
            while (rows.next()) {
                csv.line(query.texts(rows));
            }
            refusals.check();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private QueryRun find(String id) {
        return runs.get(id).orElseThrow(() -> invalid("QueryExecution " + id + " was not found"));
    }

    @Override
    public GetQueryExecutionResponse getQueryExecution(GetQueryExecutionRequest request) {
        QueryRun run = find(request.queryExecutionId());
        long millis = Duration.between(
                        run.submitted(),
                        run.completed() == null ? context.clock().instant() : run.completed())
                .toMillis();
        return GetQueryExecutionResponse.builder()
                .queryExecution(QueryExecution.builder()
                        .queryExecutionId(run.id())
                        .query(run.sql())
                        .statementType(StatementType.DML)
                        .workGroup(run.workgroup())
                        .queryExecutionContext(c -> c.database(run.database()).catalog("AwsDataCatalog"))
                        .resultConfiguration(c -> c.outputLocation(run.output()))
                        .status(s -> s.state(run.state())
                                .stateChangeReason(run.reason())
                                .submissionDateTime(run.submitted())
                                .completionDateTime(run.completed()))
                        .statistics(s -> s.dataScannedInBytes(run.scannedBytes())
                                .engineExecutionTimeInMillis(millis)
                                .totalExecutionTimeInMillis(millis))
                        .build())
                .build();
    }

    @Override
    public GetQueryResultsResponse getQueryResults(GetQueryResultsRequest request) {
        QueryRun run = find(request.queryExecutionId());
        if (!run.state().equals("SUCCEEDED")) {
            throw invalid(
                    run.state().equals("FAILED")
                            ? "Query did not finish successfully. Final query state: FAILED"
                            : "Query has not yet finished. Current state: " + run.state());
        }
        Path csv = buckets.resolve(run.output());
        int size = request.maxResults() == null ? PAGE : Math.min(PAGE, request.maxResults());
        long from = place(request.nextToken());
        List<Row> rows;
        long next;
        try (FileChannel file = FileChannel.open(csv);
                ResultCsv reader = new ResultCsv(Channels.newInputStream(file.position(from)), from)) {
            rows = reader.rows(size).stream().map(AthenaService::row).toList();
            next = reader.place() < file.size() ? reader.place() : -1;
        } catch (IOException e) {
            throw new UncheckedIOException("reading the result " + csv + " failed", e);
        }
        List<ColumnInfo> columns = new ArrayList<>();
        for (int i = 0; i < run.columns().size(); i++) {
            columns.add(ResultColumn.info(run.columns().get(i), run.types().get(i)));
        }
        return GetQueryResultsResponse.builder()
                .resultSet(s -> s.rows(rows).resultSetMetadata(m -> m.columnInfo(columns)))
                .nextToken(next < 0 ? null : String.valueOf(next))
                .build();
    }

    /** A page's token is the byte where its first row begins. */
    private static long place(@Nullable String token) {
        try {
            long place = token == null ? 0 : Long.parseLong(token);
            if (place >= 0) {
                return place;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw invalid("Invalid NextToken: " + token);
    }

    private static Row row(List<@Nullable String> values) {
        return Row.builder()
                .data(values.stream()
                        .map(v -> Datum.builder().varCharValue(v).build())
                        .toList())
                .build();
    }

    @Override
    public synchronized StopQueryExecutionResponse stopQueryExecution(StopQueryExecutionRequest request) {
        QueryRun run = find(request.queryExecutionId());
        end(run, "CANCELLED", "Query was cancelled by the user");
        running.stop(run.id());
        return StopQueryExecutionResponse.builder().build();
    }

    @Override
    public GetWorkGroupResponse getWorkGroup(GetWorkGroupRequest request) {
        StackResource workgroup = workgroup(request.workGroup());
        return GetWorkGroupResponse.builder()
                .workGroup(w -> w.name(workgroup.physicalId()).state("ENABLED"))
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        closing = true;
        running.close();
        Threads.end(executor);
    }
}
