package io.thermolake.asl.internal.engine;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of events, of the context object and of snapshots, in the shapes that AWS gives them. */
final class Details {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Details() {}

    static Map<String, @Nullable Object> details(String key, @Nullable Object value) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put(key, value);
        return details;
    }

    /** An input's text, and that nothing of it is cut off. */
    static void putInput(Map<String, @Nullable Object> details, String json) {
        details.put("input", json);
        details.put("inputDetails", details("truncated", false));
    }

    /** An output's text, and that nothing of it is cut off. */
    static void putOutput(Map<String, @Nullable Object> details, String json) {
        details.put("output", json);
        details.put("outputDetails", details("truncated", false));
    }

    /** What went wrong; what is not there is left out. */
    static Map<String, @Nullable Object> reason(
            Map<String, @Nullable Object> details, @Nullable String error, @Nullable String cause) {
        if (error != null) {
            details.put("error", error);
        }
        if (cause != null) {
            details.put("cause", cause);
        }
        return details;
    }

    /** A time as the context object has it: milliseconds, UTC. */
    static String iso(Instant time) {
        return ISO.format(time);
    }
}
