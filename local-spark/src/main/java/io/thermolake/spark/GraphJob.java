package io.thermolake.spark;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    /** What the reader of raw files does; others give other columns. */
    private static final Map<String, Object> ONLY =
            Map.of("WithHeader", true, "Separator", "comma", "QuoteChar", "quote", "SkipFirst", false);

    private final SparkSession spark;
    private final Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();
    private final Map<String, String> kinds = new LinkedHashMap<>();
    private final Map<String, Dataset<Row>> results = new LinkedHashMap<>();
    private final Command command;

    GraphJob(SparkSession spark, Command command) {
        // A session of its own: with Spark's usual names, keys that differ in case alone fail the whole read.
        this.spark = spark.newSession();
        this.spark.conf().set("spark.sql.caseSensitive", "true");
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
            case "S3CsvSource" -> csv(id, node, list(node.get("Paths")));
            case "CatalogSource" -> catalog(id, node);
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
    private Dataset<Row> csv(String id, Map<String, Object> node, List<?> paths) {
        ONLY.forEach((option, value) -> {
            Object given = node.get(option);
            if (given != null && !given.equals(value)) {
                throw new IllegalArgumentException(
                        "The laptop reads CSV with %s %s only, but the graph's node %s has %s"
                                .formatted(option, value, node.get("Name"), given));
            }
        });
        List<String> folders = paths.stream().map(String::valueOf).toList();
        List<String> mapped = mappedFrom(id);
        return RawCsv.read(spark, folders, mapped.isEmpty() ? RawCsv.headers(spark, folders) : mapped);
    }

    /** The columns of a source that are used, in lower case; none where all may be. */
    private List<String> mappedFrom(String source) {
        List<String> from = new ArrayList<>();
        for (Map.Entry<String, Map<String, Object>> node : nodes.entrySet()) {
            if (!list(node.getValue().get("Inputs")).contains(source)) {
                continue;
            }
            if (!"ApplyMapping".equals(kinds.get(node.getKey()))) {
                return List.of();
            }
            list(node.getValue().get("Mapping"))
                    .forEach(mapping -> from.add(from(object(mapping)).toLowerCase(Locale.ROOT)));
        }
        return from.stream().distinct().toList();
    }

    private static String from(Map<String, Object> mapping) {
        return String.join(
                ".", list(mapping.get("FromPath")).stream().map(String::valueOf).toList());
    }

    private Dataset<Row> catalog(String id, Map<String, Object> node) {
        String name = node.get("Database") + "." + node.get("Table");
        Command.Table table = command.tables() == null ? null : command.tables().get(name);
        if (table == null) {
            throw new IllegalArgumentException("The catalog has no table " + name + "; crawl it first");
        }
        return switch (table.format()) {
            case "csv" -> csv(id, node, List.of(table.location()));
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
            String from = from(mapping);
            String to = String.valueOf(mapping.get("ToKey"));
            String column = column(input, from);
            // Glue's ApplyMapping leaves out what the source does not have.
            if (column != null) {
                columns.add(col("`" + column.replace("`", "``") + "`")
                        .cast(String.valueOf(mapping.get("ToType")))
                        .as(to));
            }
        }
        return input.select(columns.toArray(new Column[0]));
    }

    private static @Nullable String column(Dataset<Row> input, String name) {
        List<String> columns = List.of(input.columns());
        return columns.contains(name)
                ? name
                : columns.stream().filter(name::equalsIgnoreCase).findFirst().orElse(null);
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
