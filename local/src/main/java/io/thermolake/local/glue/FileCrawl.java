package io.thermolake.local.glue;

import io.thermolake.local.s3.Buckets;
import io.thermolake.local.stack.StackResource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

/** A crawl of one folder: its files become a table and its partitions, whatever else lies between them. */
final class FileCrawl {
    private static final Logger LOG = LoggerFactory.getLogger(FileCrawl.class);

    private final Catalog catalog;
    private final CrawledTables tables;
    private final Buckets buckets;

    FileCrawl(Catalog catalog, Buckets buckets) {
        this.catalog = catalog;
        this.tables = new CrawledTables(catalog);
        this.buckets = buckets;
    }

    void crawl(StackResource crawler, String uri) {
        Path folder = buckets.resolve(uri);
        PartitionFolders found = PartitionFolders.of(folder, buckets.files(uri));
        SchemaInference.Schema schema = SchemaInference.of(found.inside()).orElse(null);
        String name =
                CrawledTables.prefix(crawler) + folder.getFileName().toString().replaceAll("[^A-Za-z0-9_]", "_");
        if (!found.outside().isEmpty()) {
            LOG.warn(
                    "crawl.outside table={} files={} first={}: the other files lie in folders {}, so no partition has these."
                            + " The table leaves them out; the pipeline reads them with its next full listing, or with --force",
                    name,
                    found.outside().size(),
                    found.outside().get(0),
                    found.keys());
        }
        if (schema == null) {
            return;
        }
        Map<String, String> columns = new LinkedHashMap<>(schema.columns());
        // A table has a name once: a field that is called as a key of the folders gives way.
        found.keys().forEach(columns::remove);
        List<Column> keys = found.keys().stream()
                .map(key -> Column.builder().name(key).type("string").build())
                .toList();
        Table table = tables.put(crawler, name, schema.format(), uri, columns, keys);
        List<Partition> partitions = new ArrayList<>();
        found.folders()
                .forEach((values, path) -> partitions.add(Partition.builder()
                        .databaseName(table.databaseName())
                        .tableName(table.name())
                        .values(values)
                        .storageDescriptor(table.storageDescriptor().toBuilder()
                                .location(uri + path + "/")
                                .build())
                        .build()));
        partitions.forEach(catalog::put);
        if ("DELETE_FROM_DATABASE".equals(deleteBehavior(crawler))) {
            catalog.partitions(table.databaseName(), table.name()).stream()
                    .filter(p -> !found.folders().containsKey(p.values()))
                    .forEach(p -> catalog.remove(table.databaseName(), table.name(), p.values()));
        }
        catalog.mended(table.databaseName(), table.name());
    }

    private static String deleteBehavior(StackResource crawler) {
        return crawler.properties().get("SchemaChangePolicy") instanceof Map<?, ?> policy
                ? String.valueOf(policy.get("DeleteBehavior"))
                : "LOG";
    }
}
