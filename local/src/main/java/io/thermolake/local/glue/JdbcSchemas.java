package io.thermolake.local.glue;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a crawler finds in a database, by JDBC's own description of it. */
final class JdbcSchemas {
    /** @param columns name to Hive type */
    record Found(String database, String schema, String table, Map<String, String> columns) {
        String location() {
            return database + "." + schema + "." + table;
        }
    }

    private JdbcSchemas() {}

    /**
     * @param path {@code DATABASE/SCHEMA/TABLE}, where {@code %} stands for any
     * @throws SQLException as the driver gives it
     */
    static List<Found> of(Connections.Jdbc jdbc, String path) throws SQLException {
        String[] parts = path.split("/", -1);
        String schema = parts.length > 1 ? parts[1] : "%";
        String table = parts.length > 2 ? parts[2] : "%";
        List<Found> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(jdbc.url(), jdbc.user(), jdbc.password())) {
            DatabaseMetaData meta = connection.getMetaData();
            try (ResultSet tables = meta.getTables(null, schema, table, new String[] {"TABLE", "BASE TABLE"})) {
                while (tables.next()) {
                    String s = tables.getString("TABLE_SCHEM");
                    String t = tables.getString("TABLE_NAME");
                    Map<String, String> columns = columns(meta, s, t);
                    found.add(new Found(parts[0], s, t, columns));
                }
            }
        }
        return found;
    }

    private static Map<String, String> columns(DatabaseMetaData meta, String schema, String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (ResultSet rows = meta.getColumns(null, schema, table, "%")) {
            while (rows.next()) {
                columns.put(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT), type(rows.getInt("DATA_TYPE")));
            }
        }
        return columns;
    }

    private static String type(int jdbc) {
        return switch (jdbc) {
            case Types.BIT, Types.BOOLEAN -> "boolean";
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> "int";
            case Types.BIGINT -> "bigint";
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> "double";
            case Types.DECIMAL, Types.NUMERIC -> "decimal(38,10)";
            case Types.DATE -> "date";
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> "timestamp";
            default -> "string";
        };
    }
}
