package io.thermolake.ingest;

import io.thermolake.PipelineException;
import io.thermolake.reading.Columns;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which column of a crawled table is which. Pure. */
public final class ColumnNames {
    private static final List<String> TIMESTAMPS = List.of("timestamp", "time", "ts", "datetime", "date_time");
    private static final List<String> ROOMS = List.of("room_id", "room", "roomid");
    private static final List<String> TEMPERATURES = List.of("temperature", "temp", "value", "celsius");

    private ColumnNames() {}

    /** Whether any of the columns is one that readings have; a table without is of records that are no readings. */
    public static boolean anyIn(List<String> columns) {
        return Stream.of(TIMESTAMPS, ROOMS, TEMPERATURES)
                .flatMap(List::stream)
                .anyMatch(name -> columns.stream().anyMatch(name::equalsIgnoreCase));
    }

    /** @throws PipelineException naming the table and what it lacks */
    public static Columns of(String table, List<String> columns) {
        return new Columns(
                pick(table, columns, TIMESTAMPS), pick(table, columns, ROOMS), pick(table, columns, TEMPERATURES));
    }

    private static String pick(String table, List<String> columns, List<String> names) {
        for (String name : names) {
            // Its exact name first, as the records are read.
            if (columns.contains(name)) {
                return name;
            }
            for (String column : columns) {
                if (column.toLowerCase(Locale.ROOT).equals(name)) {
                    return column;
                }
            }
        }
        throw new PipelineException(
                "The crawled table %s has no column that is one of %s; it has %s".formatted(table, names, columns));
    }
}
