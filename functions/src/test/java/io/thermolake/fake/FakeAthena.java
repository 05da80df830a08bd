package io.thermolake.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.GetQueryResultsRequest;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.Row;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.StopQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StopQueryExecutionResponse;
import software.amazon.awssdk.services.athena.paginators.GetQueryResultsIterable;

/** An Athena that starts a query once a token, and answers rows in pages of two. */
public final class FakeAthena implements AthenaClient {
    private static final int PAGE = 2;

    /** By token. */
    public final Map<String, StartQueryExecutionRequest> started = new LinkedHashMap<>();

    public final List<String> stopped = new ArrayList<>();
    private final Map<String, String> states = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Map<String, List<List<String>>> results = new HashMap<>();

    public FakeAthena withState(String id, String state, String reason) {
        states.put(id, state);
        reasons.put(id, reason);
        return this;
    }

    /** @param lines the header, then the rows; columns parted by ',', an empty value is null */
    public FakeAthena withResult(String id, String... lines) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines) {
            rows.add(List.of(line.split(",", -1)));
        }
        results.put(id, rows);
        return this;
    }

    @Override
    public StartQueryExecutionResponse startQueryExecution(StartQueryExecutionRequest request) {
        started.putIfAbsent(request.clientRequestToken(), request);
        return StartQueryExecutionResponse.builder()
                .queryExecutionId("id-" + request.clientRequestToken().substring(0, 8))
                .build();
    }

    @Override
    public GetQueryExecutionResponse getQueryExecution(GetQueryExecutionRequest request) {
        return GetQueryExecutionResponse.builder()
                .queryExecution(q -> q.status(s -> s.state(states.getOrDefault(request.queryExecutionId(), "RUNNING"))
                        .stateChangeReason(reasons.get(request.queryExecutionId()))))
                .build();
    }

    @Override
    public StopQueryExecutionResponse stopQueryExecution(StopQueryExecutionRequest request) {
        stopped.add(request.queryExecutionId());
        return StopQueryExecutionResponse.builder().build();
    }

    @Override
    public GetQueryResultsResponse getQueryResults(GetQueryResultsRequest request) {
        List<List<String>> rows = results.get(request.queryExecutionId());
        if (rows == null) {
            throw InvalidRequestException.builder()
                    .message("QueryExecution " + request.queryExecutionId() + " was not found")
                    .build();
        }
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(rows.size(), from + PAGE);
        return GetQueryResultsResponse.builder()
                .resultSet(r -> r.rows(rows.subList(from, to).stream()
                                .map(FakeAthena::row)
                                .toList())
                        .resultSetMetadata(m -> m.columnInfo(rows.get(0).stream()
                                .map(name -> ColumnInfo.builder().name(name).build())
                                .toList())))
                .nextToken(to < rows.size() ? Integer.toString(to) : null)
                .build();
    }

    @Override
    public GetQueryResultsIterable getQueryResultsPaginator(GetQueryResultsRequest request) {
        return new GetQueryResultsIterable(this, request);
    }

    private static Row row(List<String> values) {
        return Row.builder()
                .data(values.stream()
                        .map(v -> Datum.builder()
                                .varCharValue(v.isEmpty() ? null : v)
                                .build())
                        .toList())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
