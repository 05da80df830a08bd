package io.thermolake.reading;

import java.util.Locale;

/** What the key of a raw object says. */
public final class RawKeys {
    private RawKeys() {}

    /** {@code csv} or {@code json}. */
    public static String format(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.endsWith(".csv") || lower.endsWith(".csv.gz") ? "csv" : "json";
    }

    /** Whether an object is data: Spark passes over what begins with a dot or an underscore, folder or file. */
    public static boolean isData(String key) {
        for (String part : key.split("/")) {
            if (part.startsWith(".") || part.startsWith("_")) {
                return false;
            }
        }
        return true;
    }
}
