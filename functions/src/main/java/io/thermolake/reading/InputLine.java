package io.thermolake.reading;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a run's input list: an object to read, where it is from, and its columns. As JSON it is flat, since the job reads
 * it with the JDK.
 *
 * @param object the key
 * @param format json or csv
 * @param size in bytes, as it lies in S3
 */
public record InputLine(String object, Source source, String format, Columns columns, long size)
        implements Serializable {
    /** @throws IllegalArgumentException when the line is not one of the input list */
    public static InputLine parse(String line) {
        var parts = FlatJson.parts(line);
        Map<String, @Nullable String> fields =
                parts.isEmpty() ? null : parts.get(0).fields();
        if (fields == null) {
            throw new IllegalArgumentException("The input list has a line that is no JSON object: " + line);
        }
        return new InputLine(
                text(fields, "object"),
                Source.of(text(fields, "source")),
                text(fields, "format"),
                new Columns(text(fields, "timestamp"), text(fields, "room_id"), text(fields, "temperature")),
                Long.parseLong(text(fields, "size")));
    }

    /** What {@link #parse} reads, once it is written as a JSON object. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("object", object);
        fields.put("source", source.key());
        fields.put("format", format);
        fields.put("timestamp", columns.timestamp());
        fields.put("room_id", columns.roomId());
        fields.put("temperature", columns.temperature());
        fields.put("size", size);
        return fields;
    }

    /** The same file as of another source. */
    public InputLine as(Source other) {
        return new InputLine(object, other, format, columns, size);
    }

    private static String text(Map<String, @Nullable String> fields, String name) {
        return requireNonNull(fields.get(name), () -> "The input list lacks " + name);
    }
}
