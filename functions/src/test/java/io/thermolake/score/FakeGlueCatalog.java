package io.thermolake.score;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.InternalServiceException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.paginators.GetPartitionsIterable;

/** A Glue with the partitions of the table scores. */
final class FakeGlueCatalog implements GlueClient {
    boolean failing;
    private final Map<String, PartitionInput> partitions = new TreeMap<>();

    Map<List<String>, String> locations() {
        Map<List<String>, String> locations = new java.util.HashMap<>();
        partitions
                .values()
                .forEach(p -> locations.put(p.values(), p.storageDescriptor().location()));
        return locations;
    }

    @Override
    public GetTableResponse getTable(GetTableRequest request) {
        up();
        if (!request.name().equals("scores")) {
            throw EntityNotFoundException.builder()
                    .message("Table " + request.name() + " not found")
                    .build();
        }
        return GetTableResponse.builder()
                .table(t -> t.name("scores").storageDescriptor(s -> s.location("s3://lake/scores/")))
                .build();
    }

    @Override
    public GetPartitionsResponse getPartitions(GetPartitionsRequest request) {
        up();
        return GetPartitionsResponse.builder()
                .partitions(partitions.values().stream()
                        .map(p -> Partition.builder()
                                .values(p.values())
                                .storageDescriptor(p.storageDescriptor())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public GetPartitionsIterable getPartitionsPaginator(GetPartitionsRequest request) {
        return new GetPartitionsIterable(this, request);
    }

    @Override
    public BatchCreatePartitionResponse batchCreatePartition(BatchCreatePartitionRequest request) {
        up();
        return BatchCreatePartitionResponse.builder()
                .errors(request.partitionInputList().stream()
                        .filter(p -> partitions.putIfAbsent(p.values().toString(), p) != null)
                        .map(p -> PartitionError.builder()
                                .partitionValues(p.values())
                                .errorDetail(d ->
                                        d.errorCode("AlreadyExistsException").errorMessage("Partition already exists."))
                                .build())
                        .toList())
                .build();
    }

    @Override
    public BatchUpdatePartitionResponse batchUpdatePartition(BatchUpdatePartitionRequest request) {
        up();
        request.entries().forEach(e -> partitions.put(e.partitionValueList().toString(), e.partitionInput()));
        return BatchUpdatePartitionResponse.builder().build();
    }

    private void up() {
        if (failing) {
            throw InternalServiceException.builder().message("Glue is down").build();
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
