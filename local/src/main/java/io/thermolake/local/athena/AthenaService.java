package io.thermolake.local.athena;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.aws.CloudContext;
import io.thermolake.local.glue.Catalog;
import io.thermolake.local.s3.Buckets;
import io.thermolake.local.stack.StackResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.GetQueryResultsRequest;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.GetWorkGroupRequest;
import software.amazon.awssdk.services.athena.model.GetWorkGroupResponse;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.StatementType;
import software.amazon.awssdk.services.athena.model.StopQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StopQueryExecutionResponse;

/** Athena on DuckDB: queries run beside the caller, and their results lie as CSV where the workgroup says. */
public final class AthenaService implements AthenaClient {
    private final CloudContext context;
    private final Buckets buckets;
    private final QueryRunner queries;

    /** With the limits that the system's properties set, or their defaults. */
    public AthenaService(CloudContext context, Catalog catalog, Buckets buckets) {
        this(context, catalog, buckets, Limits.of(System.getProperties()));
    }

    AthenaService(CloudContext context, Catalog catalog, Buckets buckets, Limits limits) {
        this.context = context;
        this.buckets = buckets;
        this.queries = new QueryRunner(
                context,
                buckets,
                new DuckDb(
                        catalog, buckets, limits, Spill.emptied(context.folder().state("athena-spill"))),
                new CatalogTables(catalog, new StackViews(context.stack())),
                limits);
    }

    @Override
    public synchronized StartQueryExecutionResponse startQueryExecution(StartQueryExecutionRequest request) {
        int bytes = request.queryString().getBytes(UTF_8).length;
        if (bytes > Limits.QUERY_BYTES) {
            throw invalid("The query has " + bytes + " bytes; its maximum is " + Limits.QUERY_BYTES);
        }
        String token = request.clientRequestToken();
        for (QueryRun run : queries.list()) {
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
        QueryRun run = QueryRun.queued(
                id,
                request.queryString(),
                database,
                workgroup,
                token,
                output(workgroup, request) + id + ".csv",
                context.clock().instant());
        queries.start(run, request.executionParameters());
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

    static InvalidRequestException invalid(String message) {
        return InvalidRequestException.builder().message(message).build();
    }

    private QueryRun find(String id) {
        return queries.find(id).orElseThrow(() -> invalid("QueryExecution " + id + " was not found"));
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
        ResultPage page = ResultPage.read(buckets.resolve(run.output()), request.maxResults(), request.nextToken());
        List<ColumnInfo> columns = new ArrayList<>();
        for (int i = 0; i < run.columns().size(); i++) {
            columns.add(ResultColumn.info(run.columns().get(i), run.types().get(i)));
        }
        return GetQueryResultsResponse.builder()
                .resultSet(s -> s.rows(page.rows()).resultSetMetadata(m -> m.columnInfo(columns)))
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public StopQueryExecutionResponse stopQueryExecution(StopQueryExecutionRequest request) {
        queries.stop(find(request.queryExecutionId()));
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
        queries.close();
    }
}
