package io.thermolake.local.athena.trino;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A DuckDB as the laptop's Athena sets it up, without tables. */
final class Asked implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-31T10:00:00Z");
    static final Tables NONE = (database, table) -> Optional.empty();

    private final Connection connection;
    private List<String> types = List.of();

    Asked() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            for (String setting : Translated.settings()) {
                statement.execute(setting);
            }
            statement.execute("SET enable_external_access=false");
            statement.execute("SET lock_configuration=true");
        }
    }

    List<List<String>> rows(String sql, String... parameters) throws SQLException {
        Translated translated = TrinoSql.forDuckDb(sql, List.of(parameters), "db", NONE, NOW);
        types = translated.columns().stream().map(Translated.Column::type).toList();
        SqlRefusals refusals = translated.prepare(connection);
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(translated.sql())) {
            while (result.next()) {
                rows.add(translated.texts(result));
            }
        }
        refusals.check();
        return rows;
    }

    /** The types of the last query. */
    List<String> types() {
        return types;
    }

    /** Every function that DuckDB has. */
    List<String> functions() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT DISTINCT function_name FROM duckdb_functions()"
                        + " WHERE regexp_full_match(function_name, '[a-z_0-9]+') ORDER BY 1")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
