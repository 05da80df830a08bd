package io.thermolake.reading;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of a raw file.
 *
 * @param line the line's number in the file, from 1
 * @param text the record as it stands there
 * @param fields column to text, or null when the record is broken
 * @param broken why there are no fields, or null
 */
public record RawRecord(
        long line,
        String text,
        @Nullable Map<String, @Nullable String> fields,
        @Nullable Reason broken) {}
