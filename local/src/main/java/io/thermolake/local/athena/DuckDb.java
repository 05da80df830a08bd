package io.thermolake.local.athena;

import io.thermolake.local.athena.trino.Translated;
import io.thermolake.local.glue.Catalog;
import io.thermolake.local.s3.Buckets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

/** A DuckDB that looks like Athena's catalog: a view a Glue table over the folders that its partitions name. */
final class DuckDb {
    private final Catalog catalog;
    private final Buckets buckets;

    DuckDb(Catalog catalog, Buckets buckets) {
        this.catalog = catalog;
        this.buckets = buckets;
    }

    /** A fresh database with the catalog as it is now; it reads the buckets and nothing else of the machine. */
    Connection open(String database) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            for (String setting : Translated.settings()) {
                statement.execute(setting);
            }
            statement.execute("ATTACH ':memory:' AS awsdatacatalog");
            statement.execute("CREATE SCHEMA awsdatacatalog." + quoted(database));
            for (Table table : catalog.tables(database)) {
                if (!"jdbc".equals(classification(table))) {
                    statement.execute("CREATE VIEW awsdatacatalog." + quoted(database) + "." + quoted(table.name())
                            + " AS " + select(table));
                }
            }
            statement.execute("USE awsdatacatalog." + quoted(database));
            statement.execute(
                    "SET allowed_directories=[" + literal(buckets.root().toString()) + "]");
            statement.execute("SET enable_external_access=false");
            statement.execute("SET lock_configuration=true");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** The bytes of the files behind tables: what Athena bills for a query that reads them whole. */
    long bytes(String database, Set<String> names) {
        long bytes = 0;
        for (Table table : catalog.tables(database)) {
            if (!names.contains(table.name()) || "jdbc".equals(classification(table))) {
                continue;
            }
            boolean partitioned = !table.partitionKeys().isEmpty()
                    && !"true".equals(table.parameters().get("projection.enabled"));
            List<String> folders = partitioned
                    ? catalog.partitions(database, table.name()).stream()
                            .map(p -> p.storageDescriptor().location())
                            .toList()
                    : List.of(table.storageDescriptor().location());
            for (String folder : folders) {
                for (Path file : files(folder)) {
                    bytes += file.toFile().length();
                }
            }
        }
        return bytes;
    }

    private static String classification(Table table) {
        return table.parameters().getOrDefault("classification", "");
    }

    private String select(Table table) {
        boolean projected = "true".equals(table.parameters().get("projection.enabled"));
        List<Column> keys = table.partitionKeys();
        if (keys.isEmpty() || projected) {
            List<Path> files = files(table.storageDescriptor().location());
            return files.isEmpty() ? nothing(table) : from(table, files, List.of(), projected);
        }
        List<String> parts = new ArrayList<>();
        for (Partition partition : catalog.partitions(table.databaseName(), table.name())) {
            List<Path> files = files(partition.storageDescriptor().location());
            if (!files.isEmpty()) {
                parts.add(from(table, files, partition.values(), false));
            }
        }
        return parts.isEmpty() ? nothing(table) : String.join(" UNION ALL ", parts);
    }

    private List<Path> files(String location) {
        return buckets.files(location);
    }

    private static String nothing(Table table) {
        List<Column> all = new ArrayList<>(table.storageDescriptor().columns());
        all.addAll(table.partitionKeys());
        return all.stream()
                .map(c -> "CAST(NULL AS " + type(c.type()) + ") AS " + quoted(c.name()))
                .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    }

    private static String from(Table table, List<Path> files, List<String> values, boolean hive) {
        StringBuilder select = new StringBuilder("SELECT ");
        for (Column column : table.storageDescriptor().columns()) {
            select.append("CAST(").append(quoted(column.name())).append(" AS ").append(type(column.type()));
            select.append(") AS ").append(quoted(column.name())).append(", ");
        }
        List<Column> keys = table.partitionKeys();
        for (int i = 0; i < keys.size(); i++) {
            String value = hive || values.isEmpty()
                    ? "CAST(" + quoted(keys.get(i).name()) + " AS VARCHAR)"
                    : literal(values.get(i));
            select.append(value)
                    .append(" AS ")
                    .append(quoted(keys.get(i).name()))
                    .append(", ");
        }
        select.setLength(select.length() - 2);
        String list = files.stream().map(f -> literal(f.toString())).collect(Collectors.joining(", ", "[", "]"));
        return select.append(" FROM ").append(reader(table, list, hive)).toString();
    }

    private static String reader(Table table, String files, boolean hive) {
        String partitioning = "hive_partitioning=" + hive;
        List<Column> columns = table.storageDescriptor().columns();
        return switch (classification(table)) {
            case "parquet" -> "read_parquet(" + files + ", " + partitioning + ", union_by_name=true)";
            case "json" ->
                "read_json(" + files + ", format='newline_delimited', ignore_errors=true, " + partitioning
                        + ", columns={"
                        + columns.stream()
                                .map(c -> literal(c.name()) + ": " + literal(type(c.type())))
                                .collect(Collectors.joining(", "))
                        + "})";
            default ->
                "read_csv(" + files + ", auto_detect=false, header="
                        + "1".equals(table.parameters().get("skip.header.line.count"))
                        + ", delim=',', quote='\"', null_padding=true, ignore_errors=true, " + partitioning
                        + ", columns={"
                        + columns.stream()
                                .map(c -> literal(c.name()) + ": " + literal(type(c.type())))
                                .collect(Collectors.joining(", "))
                        + "})";
        };
    }

    /** Hive's types in DuckDB's names. */
    static String type(String hive) {
        String lower = hive.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "string" -> "VARCHAR";
            case "int" -> "INTEGER";
            case "bigint" -> "BIGINT";
            case "double" -> "DOUBLE";
            case "float" -> "FLOAT";
            case "boolean" -> "BOOLEAN";
            case "timestamp" -> "TIMESTAMP";
            case "date" -> "DATE";
            default ->
                lower.startsWith("decimal") || lower.startsWith("varchar") ? lower.toUpperCase(Locale.ROOT) : "VARCHAR";
        };
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
