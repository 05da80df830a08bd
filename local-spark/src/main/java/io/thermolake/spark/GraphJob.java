package io.thermolake.spark;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Glue Studio job's graph ({@code CodeGenConfigurationNodes} of the Glue API) node by node. It knows the nodes that
 * the stack uses: S3CsvSource, CatalogSource, ApplyMapping, S3DirectTarget; any other is refused by name before anything
 * runs.
 */
final class GraphJob {
    private final SparkSession spark;
    private final Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();
    private final Map<String, String> kinds = new LinkedHashMap<>();
    private final Map<String, Dataset<Row>> results = new LinkedHashMap<>();
    private final Command command;

    GraphJob(SparkSession spark, Command command) {
        this.spark = spark;
        this.command = command;
        object(object(command.graph()).get("CodeGenConfigurationNodes"))
                .forEach((id, node) -> object(node).forEach((kind, fields) -> {
                    kinds.put(id, kind);
                    nodes.put(id, object(fields));
                }));
    }

    /** @throws IllegalArgumentException when the graph has a node that is not known here */
    void run() {
        kinds.forEach((id, kind) -> {
            if (!List.of("S3CsvSource", "CatalogSource", "ApplyMapping", "S3DirectTarget")
                    .contains(kind)) {
                throw new IllegalArgumentException(
                        "The laptop does not run the Glue Studio node %s (%s); it runs S3CsvSource, CatalogSource, ApplyMapping and S3DirectTarget"
                                .formatted(kind, id));
            }
        });
        kinds.keySet().forEach(this::result);
    }

    private Dataset<Row> result(String id) {
        Dataset<Row> known = results.get(id);
        if (known != null) {
            return known;
        }
        Map<String, Object> node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("The graph has no node " + id);
        }
        Dataset<Row> result = switch (String.valueOf(kinds.get(id))) {
            case "S3CsvSource" -> csv(node, list(node.get("Paths")));
            case "CatalogSource" -> catalog(node);
            case "ApplyMapping" -> mapped(input(node), node);
            default -> target(input(node), node);
        };
        results.put(id, result);
        return result;
    }

    private Dataset<Row> input(Map<String, Object> node) {
        return result(String.valueOf(list(node.get("Inputs")).get(0)));
    }

    /** Every column as text: what a value means is decided later, record by record. */
    private Dataset<Row> csv(Map<String, Object> node, List<?> paths) {
        return spark.read()
                .option("header", String.valueOf(!Boolean.FALSE.equals(node.get("WithHeader"))))
                .option("inferSchema", "false")
                .option("mode", "PERMISSIVE")
                .option("recursiveFileLookup", "true")
                .csv(paths.stream().map(String::valueOf).toArray(String[]::new));
    }

    private Dataset<Row> catalog(Map<String, Object> node) {
        String name = node.get("Database") + "." + node.get("Table");
        Command.Table table = command.tables() == null ? null : command.tables().get(name);
        if (table == null) {
            throw new IllegalArgumentException("The catalog has no table " + name + "; crawl it first");
        }
        return switch (table.format()) {
            case "csv" -> csv(node, List.of(table.location()));
            case "json" -> spark.read().option("primitivesAsString", "true").json(table.location());
            case "parquet" -> spark.read().parquet(table.location());
            default ->
                throw new IllegalArgumentException(
                        "The table " + name + " is " + table.format() + "; the laptop reads csv, json and parquet");
        };
    }

    private static Dataset<Row> mapped(Dataset<Row> input, Map<String, Object> node) {
        List<Column> columns = new ArrayList<>();
        for (Object each : list(node.get("Mapping"))) {
            Map<String, Object> mapping = object(each);
            if (Boolean.TRUE.equals(mapping.get("Dropped"))) {
                continue;
            }
            String from = String.join(
                    ".",
                    list(mapping.get("FromPath")).stream().map(String::valueOf).toList());
            String to = String.valueOf(mapping.get("ToKey"));
            // Glue's ApplyMapping leaves out what the source does not have.
            if (List.of(input.columns()).contains(from)) {
                columns.add(col("`" + from + "`")
                        .cast(String.valueOf(mapping.get("ToType")))
                        .as(to));
            }
        }
        return input.select(columns.toArray(new Column[0]));
    }

    private static Dataset<Row> target(Dataset<Row> input, Map<String, Object> node) {
        String format = String.valueOf(node.get("Format"));
        String compression = node.get("Compression") == null ? "none" : String.valueOf(node.get("Compression"));
        input.write()
                .mode(SaveMode.Append)
                .option("compression", compression)
                // A row without any value is a record too.
                .option("ignoreNullFields", "true")
                .format(format)
                .save(String.valueOf(node.get("Path")));
        return input;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
