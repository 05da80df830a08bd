package io.thermolake.local.verify;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the lake's Parquet with DuckDB, which shares no code with the Spark that wrote it. */
final class ParquetRows implements AutoCloseable {
    private final Connection connection;

    ParquetRows() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            try (Statement set = connection.createStatement()) {
                set.execute("SET TimeZone='UTC'");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB did not start", e);
        }
    }

    /**
     * Room to its rows of one file, in the file's own order.
     *
     * @throws DamagedFileException when it is no Parquet with the lake's columns, or has a value that is none
     */
    Map<String, List<String>> inOrder(Path file) {
        Map<String, List<String>> rooms = new TreeMap<>();
        String sql = "SELECT room_id, strftime(\"timestamp\", '%Y-%m-%d %H:%M:%S'), temperature FROM read_parquet('"
                + file.toString().replace("'", "''") + "', hive_partitioning=false)";
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(sql)) {
            while (rows.next()) {
                String room = rows.getString(1);
                String time = rows.getString(2);
                double temperature = rows.getDouble(3);
                if (room == null || time == null || rows.wasNull()) {
                    throw new DamagedFileException(file, "It has a row without room, time or temperature", null);
                }
                rooms.computeIfAbsent(room, r -> new ArrayList<>()).add(time + ',' + temperature);
            }
        } catch (SQLException e) {
            throw new DamagedFileException(
                    file,
                    "It is no readable Parquet of the lake: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
        return rooms;
    }

    /** Room to its rows {@code timestamp,temperature}, as the rooms' CSV has them, in the order of time. */
    Map<String, List<String>> byRoom(Path folder) {
        Map<String, List<String>> rooms = new TreeMap<>();
        String sql = "SELECT room_id, strftime(\"timestamp\", '%Y-%m-%d %H:%M:%S'), temperature FROM read_parquet('"
                + folder.toString().replace("'", "''")
                + "/*.parquet', hive_partitioning=false) ORDER BY 1, 2";
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(sql)) {
            while (rows.next()) {
                rooms.computeIfAbsent(rows.getString(1), r -> new ArrayList<>())
                        .add(rows.getString(2) + ',' + rows.getDouble(3));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("reading the Parquet of " + folder + " failed: " + e.getMessage(), e);
        }
        return rooms;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
