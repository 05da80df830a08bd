package io.thermolake.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.BatchGetNamedQueryRequest;
import software.amazon.awssdk.services.athena.model.BatchGetNamedQueryResponse;
import software.amazon.awssdk.services.athena.model.CreateNamedQueryRequest;
import software.amazon.awssdk.services.athena.model.CreateNamedQueryResponse;
import software.amazon.awssdk.services.athena.model.DeleteNamedQueryRequest;
import software.amazon.awssdk.services.athena.model.DeleteNamedQueryResponse;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.ListNamedQueriesRequest;
import software.amazon.awssdk.services.athena.model.ListNamedQueriesResponse;
import software.amazon.awssdk.services.athena.model.NamedQuery;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.UpdateNamedQueryRequest;
import software.amazon.awssdk.services.athena.model.UpdateNamedQueryResponse;

/**
 * An Athena with named queries, listed two a page, and statements that need a second look. It has no paginators and no
 * tokens for statements.
 */
final class FakeAthenaCatalog implements AthenaClient {
    private static final int PAGE = 2;

    final Map<String, NamedQuery> queries = new TreeMap<>();
    final Map<String, StartQueryExecutionRequest> statements = new LinkedHashMap<>();
    private final Map<String, Integer> looks = new HashMap<>();
    /** A part of a statement to the reason that Athena gives for its failure; null is "it never ends". */
    final Map<String, String> refused = new HashMap<>();

    @Override
    public CreateNamedQueryResponse createNamedQuery(CreateNamedQueryRequest request) {
        String id = "q-" + queries.size();
        queries.put(
                id,
                NamedQuery.builder()
                        .namedQueryId(id)
                        .name(request.name())
                        .description(request.description())
                        .database(request.database())
                        .workGroup(request.workGroup())
                        .queryString(request.queryString())
                        .build());
        return CreateNamedQueryResponse.builder().namedQueryId(id).build();
    }

    @Override
    public UpdateNamedQueryResponse updateNamedQuery(UpdateNamedQueryRequest request) {
        queries.computeIfPresent(
                request.namedQueryId(),
                (id, old) -> old.toBuilder()
                        .name(request.name())
                        .description(request.description())
                        .queryString(request.queryString())
                        .build());
        return UpdateNamedQueryResponse.builder().build();
    }

    @Override
    public DeleteNamedQueryResponse deleteNamedQuery(DeleteNamedQueryRequest request) {
        queries.remove(request.namedQueryId());
        return DeleteNamedQueryResponse.builder().build();
    }

    @Override
    public ListNamedQueriesResponse listNamedQueries(ListNamedQueriesRequest request) {
        List<String> ids = new ArrayList<>(queries.keySet());
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(ids.size(), from + PAGE);
        return ListNamedQueriesResponse.builder()
                .namedQueryIds(ids.subList(from, to))
                .nextToken(to < ids.size() ? String.valueOf(to) : null)
                .build();
    }

    @Override
    public BatchGetNamedQueryResponse batchGetNamedQuery(BatchGetNamedQueryRequest request) {
        return BatchGetNamedQueryResponse.builder()
                .namedQueries(request.namedQueryIds().stream().map(queries::get).toList())
                .build();
    }

    @Override
    public StartQueryExecutionResponse startQueryExecution(StartQueryExecutionRequest request) {
        String id = "s-" + statements.size();
        statements.put(id, request);
        return StartQueryExecutionResponse.builder().queryExecutionId(id).build();
    }

    @Override
    public GetQueryExecutionResponse getQueryExecution(GetQueryExecutionRequest request) {
        String id = request.queryExecutionId();
        String sql = statements.get(id).queryString();
        for (Map.Entry<String, String> refusal : refused.entrySet()) {
            if (sql.contains(refusal.getKey())) {
                return answer(refusal.getValue() == null ? "RUNNING" : "FAILED", refusal.getValue());
            }
        }
        return answer(looks.merge(id, 1, Integer::sum) == 1 ? "QUEUED" : "SUCCEEDED", null);
    }

    private static GetQueryExecutionResponse answer(String state, String reason) {
        return GetQueryExecutionResponse.builder()
                .queryExecution(q -> q.status(s -> s.state(state).stateChangeReason(reason)))
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
