package io.thermolake.local.athena;

import io.thermolake.local.glue.Catalog;
import io.thermolake.local.s3.Buckets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** A DuckDB that looks like Athena's catalog. */
final class DuckDb {
    private static final List<String> SETTINGS = List.of(
            "SET autoinstall_known_extensions=false",
            "SET autoload_known_extensions=false",
            "SET TimeZone='UTC'",
            "SET integer_division=true",
            "SET ieee_floating_point_ops=false",
            "SET default_null_order='nulls_last'",
            "SET lambda_syntax='ENABLE_SINGLE_ARROW'",
            "SET threads=2",
            "SET preserve_insertion_order=true",
            "CREATE MACRO from_iso8601_timestamp(s) AS CAST(s AS TIMESTAMPTZ)",
            "CREATE MACRO from_unixtime(x) AS to_timestamp(x)",
            "CREATE MACRO to_unixtime(t) AS epoch(t)",
            "CREATE MACRO element_at(m, k) AS m[k]",
            "CREATE MACRO to_utf8(s) AS encode(s)",
            "CREATE MACRO is_nan(x) AS isnan(x)",
            "CREATE MACRO rand() AS random()",
            "CREATE MACRO truncate(x) AS trunc(x)",
            "CREATE MACRO date_add(u, n, ts) AS ts + CASE lower(u) WHEN 'second' THEN to_seconds(n) WHEN 'minute' THEN to_minutes(n)"
                    + " WHEN 'hour' THEN to_hours(n) WHEN 'day' THEN to_days(n) WHEN 'week' THEN to_weeks(n) WHEN 'month' THEN to_months(n)"
                    + " WHEN 'year' THEN to_years(n) ELSE error('date_add: unit ' || u) END",
            "CREATE MACRO sequence(a, b) AS generate_series(a, b)");

    private final Buckets buckets;
    private final CatalogViews views;

    DuckDb(Catalog catalog, Buckets buckets, StackViews views) {
        this.buckets = buckets;
        this.views = new CatalogViews(catalog, views);
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
            for (String setting : SETTINGS) {
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
