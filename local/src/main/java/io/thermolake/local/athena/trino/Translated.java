package io.thermolake.local.athena.trino;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query of Athena's, ready for DuckDB.
 *
 * @param sql for DuckDB; it needs {@link #prepare}
 * @param tables the names of the tables that it reads, without their database; those of a view in the view's place
 * @param columns of the result, by Athena's names
 */
public record Translated(String sql, Set<String> tables, List<Column> columns) {
    /** A column of the result; its type as GetQueryResults names it, a decimal's with its digits. */
    public record Column(String name, String type, Value value) {}

    /** How a value of the column becomes a text. */
    @FunctionalInterface
    public interface Value {
        @Nullable
        String text(@Nullable Object value) throws SQLException;
    }

    private static final List<String> SETTINGS = List.of(
            "SET autoinstall_known_extensions=false",
            "SET autoload_known_extensions=false",
            "SET TimeZone='UTC'",
            "SET integer_division=false",
            "SET ieee_floating_point_ops=true",
            "SET error_on_division_by_zero=true",
            "SET scalar_subquery_error_on_multiple_rows=true",
            "SET default_null_order='nulls_last'",
            "SET lambda_syntax='ENABLE_SINGLE_ARROW'",
            "SET threads=2",
            "SET preserve_insertion_order=true");

    public Translated {
        tables = Set.copyOf(tables);
        columns = List.copyOf(columns);
    }

    /** The settings of a DuckDB that a translation is made for, before its configuration is locked. */
    public static List<String> settings() {
        return SETTINGS;
    }

    /**
     * Gives DuckDB the functions of Trino's that the query calls.
     *
     * @return to be checked when all rows are read
     */
    public SqlRefusals prepare(Connection connection) throws SQLException {
        SqlRefusals refusals = new SqlRefusals(sql.contains("TRY("));
        JavaFunctions.register(connection, JavaFunctions.in(sql), refusals);
        return refusals;
    }

    /** The current row as texts; null is null. */
    public List<@Nullable String> texts(ResultSet row) throws SQLException {
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            texts.add(columns.get(i).value().text(row.getObject(i + 1)));
        }
        return texts;
    }
}
