package io.thermolake.reading;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of a raw file.
 *
 * @param line the line's number in the file, from 1; the first one of a row of several lines
 * @param text the record as it stands there
 * @param fields column to text, or null when the record is broken
 * @param broken why there are no fields, or null
 */
public record RawRecord(
        long line,
        String text,
        @Nullable Map<String, @Nullable String> fields,
        @Nullable Reason broken) {

    /**
     * The value of a field, found as Glue finds columns: by its exact name, else by a name that differs in upper and lower
     * case only. A field without a value gives way to the next.
     *
     * @return the text without blanks and quotes around it; empty when there is none
     */
    public String value(String name) {
        if (fields == null) {
            return "";
        }
        String exact = fields.get(name);
        String value = exact == null ? "" : Blanks.value(exact);
        if (!value.isEmpty()) {
            return value;
        }
        for (Map.Entry<String, @Nullable String> field : fields.entrySet()) {
            String text = field.getValue();
            if (text != null && field.getKey().equalsIgnoreCase(name)) {
                value = Blanks.value(text);
                if (!value.isEmpty()) {
                    return value;
                }
            }
        }
        return "";
    }
}
