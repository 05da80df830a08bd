package io.thermolake.local.athena;

import io.thermolake.local.athena.trino.Translated;
import io.thermolake.local.glue.Catalog;
import io.thermolake.local.s3.Buckets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;

/** A DuckDB that looks like Athena's catalog. */
final class DuckDb {
    private final Buckets buckets;
    private final CatalogViews views;
    private final Limits limits;
    private final Path spill;

    /** @param spill a folder of its own, for what does not fit into memory */
    DuckDb(Catalog catalog, Buckets buckets, Limits limits, Path spill) {
        this.buckets = buckets;
        this.limits = limits;
        this.spill = spill;
        this.views = new CatalogViews(catalog);
    }

    /**
     * A fresh database with what a statement names of the catalog as it is now; it reads the buckets and nothing else of the
     * machine.
     *
     * @param tables that the statement names
     * @param listing is told which files the database reads
     * @throws IllegalArgumentException when one of the tables cannot be read, naming it
     */
    Connection open(String database, Set<String> tables, StatementFiles listing) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            for (String setting : Translated.settings()) {
                statement.execute(setting);
            }
            statement.execute("SET memory_limit='" + limits.memoryMegabytes() + "MiB'");
            statement.execute("SET temp_directory="
                    + CatalogViews.literal(
                            spill.resolve(UUID.randomUUID().toString()).toString()));
            statement.execute("SET max_temp_directory_size='" + limits.diskMegabytes() + "MiB'");
            statement.execute("ATTACH ':memory:' AS awsdatacatalog");
            statement.execute("CREATE SCHEMA awsdatacatalog." + CatalogViews.quoted(database));
            statement.execute("USE awsdatacatalog." + CatalogViews.quoted(database));
            views.create(statement, database, tables, listing);
            statement.execute("SET allowed_directories=["
                    + CatalogViews.literal(buckets.root().toString()) + "]");
            statement.execute("SET enable_external_access=false");
            statement.execute("SET lock_configuration=true");
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    StatementFiles listing() {
        return new StatementFiles(buckets);
    }

    /** The bytes of the files behind tables: what Athena bills for a query that reads them whole. */
    long bytes(String database, Set<String> names) {
        return views.bytes(database, names, buckets);
    }
}
