package io.thermolake.extract;

import static java.util.Objects.requireNonNull;

import io.thermolake.reading.Columns;
import io.thermolake.reading.FlatJson;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the input list.
 *
 * @param object the key
 * @param rank who is kept of two readings of a room and time: the lower one; {@link #COUNTED} is no reading's
 * @param format json or csv
 * @param size in bytes, as it lies in S3
 */
public record InputFile(String object, int rank, String format, Columns columns, long size) implements Serializable {
    /** An object of the history as it came: its bad records count, and its readings are held against the visual job's. */
    static final int COUNTED = 0;

    /** What the visual job wrote. */
    static final int HISTORY = 2;

    /** @throws IllegalArgumentException when the line is not one of the input list */
    static InputFile parse(String line) {
        var parts = FlatJson.parts(line);
        Map<String, @Nullable String> fields =
                parts.isEmpty() ? null : parts.get(0).fields();
        if (fields == null) {
            throw new IllegalArgumentException("The input list has a line that is no JSON object: " + line);
        }
        return new InputFile(
                text(fields, "object"),
                Integer.parseInt(text(fields, "rank")),
                text(fields, "format"),
                new Columns(text(fields, "timestamp"), text(fields, "room_id"), text(fields, "temperature")),
                Long.parseLong(text(fields, "size")));
    }

    boolean isHistory() {
        return rank == COUNTED || rank == HISTORY;
    }

    /** The same file, whose readings count: to find out which ones the visual job lost. */
    InputFile asHistory() {
        return new InputFile(object, HISTORY, format, columns, size);
    }

    private static String text(Map<String, @Nullable String> fields, String name) {
        return requireNonNull(fields.get(name), () -> "The input list lacks " + name);
    }
}
