package io.thermolake.local.athena;

import io.thermolake.local.athena.trino.Translated;
import io.thermolake.local.glue.Catalog;
import io.thermolake.local.s3.Buckets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** A DuckDB that looks like Athena's catalog. */
final class DuckDb {
    private final Buckets buckets;
    private final CatalogViews views;

    DuckDb(Catalog catalog, Buckets buckets) {
        this.buckets = buckets;
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
    Connection open(String database, Set<String> tables, Listing listing) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            for (String setting : Translated.settings()) {
                statement.execute(setting);
            }
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

    Listing listing() {
        return new Listing(buckets);
    }

    /** The bytes of the files behind tables: what Athena bills for a query that reads them whole. */
    long bytes(String database, Set<String> names) {
        return views.bytes(database, names, buckets);
    }
}
