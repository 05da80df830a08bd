package io.thermolake.ingest;

import io.thermolake.RecordJson;
import java.util.List;

/**
 * A line of the input list: an object, who wins against it, and its columns. Flat, since the job reads it with the JDK.
 *
 * @param rank 0 the history as it came, 1 external database, 2 history, 3 live
 * @param size in bytes
 */
public record Input(
        String object,
        String source,
        int rank,
        String format,
        String timestamp,
        String room_id,
        String temperature,
        long size) {

    /** The list as JSON lines. */
    public static String lines(List<Input> inputs) {
        StringBuilder lines = new StringBuilder();
        inputs.forEach(i -> lines.append(RecordJson.gson().toJson(i)).append('\n'));
        return lines.toString();
    }
}
