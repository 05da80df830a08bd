package io.thermolake.local.glue;

import io.thermolake.local.stack.StackResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Writes what a crawler found as Glue's crawlers describe it. */
final class CrawledTables {
    private final Catalog catalog;

    CrawledTables(Catalog catalog) {
        this.catalog = catalog;
    }

    static String database(StackResource crawler) {
        return String.valueOf(crawler.properties().get("DatabaseName"));
    }

    static String prefix(StackResource crawler) {
        return String.valueOf(crawler.properties().getOrDefault("TablePrefix", ""));
    }

    Table put(
            StackResource crawler,
            String name,
            String classification,
            String location,
            Map<String, String> columns,
            List<Column> partitionKeys) {
        Map<String, String> parameters = new LinkedHashMap<>(
                Map.of("classification", classification, "CrawlerSchemaDeserializerVersion", "1.0"));
        if (classification.equals("csv")) {
            parameters.put("skip.header.line.count", "1");
        }
        String serde = switch (classification) {
            case "json" -> "org.openx.data.jsonserde.JsonSerDe";
            case "parquet" -> "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
            default -> "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
        };
        List<Column> all = columns.entrySet().stream()
                .map(e -> Column.builder().name(e.getKey()).type(e.getValue()).build())
                .toList();
        return catalog.put(
                database(crawler),
                TableInput.builder()
                        .name(name)
                        .tableType("EXTERNAL_TABLE")
                        .parameters(parameters)
                        .partitionKeys(partitionKeys)
                        .storageDescriptor(StorageDescriptor.builder()
                                .location(location)
                                .columns(all)
                                .serdeInfo(SerDeInfo.builder()
                                        .serializationLibrary(serde)
                                        .build())
                                .build())
                        .build());
    }
}
