package io.thermolake.local.athena;

import io.thermolake.local.glue.Catalog;
import io.thermolake.local.s3.Buckets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * A DuckDB view a Glue table over the folders that its partitions name. Only the tables that a statement names get one: what is
 * wrong with another is no business of the statement.
 */
final class CatalogViews {
    private final Catalog catalog;

    CatalogViews(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Makes what a statement needs in the connection's current schema.
     *
     * @param names of the tables that the statement names, in lower case
     * @throws SQLException as DuckDB gives it
     * @throws IllegalArgumentException when a table cannot be read, naming it and the reason
     */
    void create(Statement statement, String database, Set<String> names, StatementFiles listing) throws SQLException {
        for (String name : names) {
            for (String lost : catalog.lost(database, name)) {
                throw new IllegalArgumentException("The catalog has lost '" + lost
                        + "' with a broken file of its state, so an answer from " + name
                        + " would be wrong. " + remedy(name));
            }
        }
        for (Table table : catalog.tables(database)) {
            if (names.contains(table.name())) {
                statement.execute("CREATE VIEW " + quoted(table.name()) + " AS " + select(table, listing));
            }
        }
    }

    private static String remedy(String table) {
        return table.startsWith("raw_")
                ? "Bring it up to date by a run with --start-from CrawlRaw"
                : "Bring it up to date by a run with --force, or put a good copy of the file in its place";
    }

    /** The bytes of the files behind tables: what Athena bills for a query that reads them whole. */
    long bytes(String database, Set<String> names, Buckets buckets) {
        long bytes = 0;
        for (Table table : catalog.tables(database)) {
            if (names.contains(table.name()) && !"jdbc".equals(classification(table))) {
                for (String folder : folders(table).values()) {
                    for (Path file : buckets.files(folder)) {
                        bytes += file.toFile().length();
                    }
                }
            }
        }
        return bytes;
    }

    static String classification(Table table) {
        return table.parameters().getOrDefault("classification", "");
    }

    private static boolean isProjected(Table table) {
        return "true".equals(table.parameters().get("projection.enabled"));
    }

    /** Partition values to where the partition lies; one without values for a table that has no partitions of its own. */
    private Map<List<String>, String> folders(Table table) {
        if (table.partitionKeys().isEmpty() || isProjected(table)) {
            return Map.of(List.of(), table.storageDescriptor().location());
        }
        Map<List<String>, String> folders = new LinkedHashMap<>();
        for (Partition partition : catalog.partitions(table.databaseName(), table.name())) {
            folders.put(partition.values(), partition.storageDescriptor().location());
        }
        return folders;
    }

    private String select(Table table, StatementFiles listing) {
        if ("jdbc".equals(classification(table))) {
            throw new IllegalArgumentException("The table " + table.name()
                    + " lies in a database (" + table.storageDescriptor().location()
                    + "), which Athena does not read; its rows are in raw_external_db once they are imported");
        }
        TableFiles reader = new TableFiles(table);
        List<String> parts = new ArrayList<>();
        try {
            folders(table).forEach((values, location) -> {
                List<Path> files = listing.files(location);
                if (isProjected(table)) {
                    parts.addAll(reader.projected(files));
                } else {
                    parts.addAll(reader.select(files, values));
                }
            });
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The table " + table.name() + " cannot be read: " + e.getMessage(), e);
        }
        return parts.isEmpty() ? nothing(table) : String.join(" UNION ALL ", parts);
    }

    private static String nothing(Table table) {
        List<Column> all = new ArrayList<>(TableFiles.columns(table));
        all.addAll(table.partitionKeys());
        return all.stream()
                .map(c -> "CAST(NULL AS " + HiveType.duck(c.type()) + ") AS " + quoted(c.name()))
                .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
