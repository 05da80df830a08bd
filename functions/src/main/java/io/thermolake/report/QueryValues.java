package io.thermolake.report;

import io.thermolake.PipelineException;
import io.thermolake.lake.RoomReading;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/** Typed values of a query's row. */
final class QueryValues {
    private static final int TIMESTAMP_LENGTH = "YYYY-MM-DD HH:MM:SS".length();

    private QueryValues() {}

    static String text(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null) {
            throw new PipelineException("A query of the report answered a row without %s: %s".formatted(column, row));
        }
        return value;
    }

    static double number(Map<String, String> row, String column) {
        try {
            return Double.parseDouble(text(row, column));
        } catch (NumberFormatException e) {
            throw bad(row, column, e);
        }
    }

    static long count(Map<String, String> row, String column) {
        try {
            return Long.parseLong(text(row, column));
        } catch (NumberFormatException e) {
            throw bad(row, column, e);
        }
    }

    /** A timestamp of Athena's, such as {@code 2026-03-30 08:00:00.000}, to the second. */
    static Instant instant(Map<String, String> row, String column) {
        String value = text(row, column);
        try {
            return RoomReading.at(value.substring(0, Math.min(TIMESTAMP_LENGTH, value.length())));
        } catch (DateTimeException e) {
            throw bad(row, column, e);
        }
    }

    private static PipelineException bad(Map<String, String> row, String column, Exception cause) {
        return new PipelineException(
                "A query of the report answered a row with a bad %s: %s".formatted(column, row), cause);
    }
}
