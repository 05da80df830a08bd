package io.thermolake.score;

import io.thermolake.detect.Cause;
import java.util.Arrays;
import java.util.Locale;

/** The likely kinds of alarms: a stable word for tables, a sentence for people. */
public final class Kinds {
    private Kinds() {}

    /** As the tables have it, such as {@code unusual_day}. */
    public static String id(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    /** In a caretaker's words; a kind that is not known stays as it is. */
    public static String words(String id) {
        return Arrays.stream(Cause.values())
                .filter(cause -> id(cause).equals(id))
                .map(Cause::words)
                .findFirst()
                .orElse(id);
    }
}
