package io.thermolake.lake.store;

import io.thermolake.PipelineException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * Brings a table's partitions to the folders that are committed, 100 a call (the most that Glue takes). Doing it twice
 * changes nothing.
 */
public final class CatalogSync {
    private static final int MOST_A_CALL = 100;

    private final GlueClient glue;
    private final String database;
    private final String bucket;

    public CatalogSync(GlueClient glue, String database, String bucket) {
        this.glue = glue;
        this.database = database;
        this.bucket = bucket;
    }

    /**
     * @param table a declared table
     * @param partitions partition values, in the order of the table's keys, to the folder's key
     * @throws PipelineException when Glue reports an error for a partition, naming it
     */
    public void sync(String table, Map<List<String>, String> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Table described =
                glue.getTable(b -> b.databaseName(database).name(table)).table();
        Map<List<String>, String> existing = new HashMap<>();
        glue.getPartitionsPaginator(b -> b.databaseName(database).tableName(table)).stream()
                .flatMap(page -> page.partitions().stream())
                .forEach(p -> existing.put(
                        p.values(), String.valueOf(p.storageDescriptor().location())));
        List<PartitionInput> create = new ArrayList<>();
        List<PartitionInput> update = new ArrayList<>();
        partitions.forEach((values, folder) -> {
            String location = "s3://" + bucket + "/" + folder;
            StorageDescriptor storage =
                    described.storageDescriptor().toBuilder().location(location).build();
            PartitionInput input = PartitionInput.builder()
                    .values(values)
                    .storageDescriptor(storage)
                    .build();
            if (!existing.containsKey(values)) {
                create.add(input);
            } else if (!location.equals(existing.get(values))) {
                update.add(input);
            }
        });
        pages(create).forEach(page -> create(table, page));
        pages(update).forEach(page -> update(table, page));
    }

    private void create(String table, List<PartitionInput> page) {
        var answer = glue.batchCreatePartition(
                b -> b.databaseName(database).tableName(table).partitionInputList(page));
        answer.errors().stream()
                // Another attempt of ours was faster; the next sync compares its folder.
                .filter(e -> !"AlreadyExistsException".equals(e.errorDetail().errorCode()))
                .findFirst()
                .ifPresent(e -> {
                    throw failed(table, e.partitionValues(), e.errorDetail().errorMessage());
                });
    }

    private void update(String table, List<PartitionInput> page) {
        List<BatchUpdatePartitionRequestEntry> entries = page.stream()
                .map(p -> BatchUpdatePartitionRequestEntry.builder()
                        .partitionValueList(p.values())
                        .partitionInput(p)
                        .build())
                .toList();
        var answer = glue.batchUpdatePartition(
                b -> b.databaseName(database).tableName(table).entries(entries));
        answer.errors().stream().findFirst().ifPresent(e -> {
            throw failed(table, e.partitionValueList(), e.errorDetail().errorMessage());
        });
    }

    private PipelineException failed(String table, List<String> values, String why) {
        return new PipelineException(
                "Bringing partition %s of %s.%s up to the manifest failed: %s. The readings are committed; the next run finishes the catalog"
                        .formatted(values, database, table, why));
    }

    private static List<List<PartitionInput>> pages(List<PartitionInput> all) {
        List<List<PartitionInput>> pages = new ArrayList<>();
        for (int i = 0; i < all.size(); i += MOST_A_CALL) {
            pages.add(all.subList(i, Math.min(all.size(), i + MOST_A_CALL)));
        }
        return pages;
    }
}
