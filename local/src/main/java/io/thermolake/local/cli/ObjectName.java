package io.thermolake.local.cli;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The name under which a user's file lies in the lake: signs that every tool takes, short enough for every file system, and
 * {@code .csv} at its end, since what lies there is plain CSV.
 */
final class ObjectName {
    private static final int LONGEST = 120;

    private ObjectName() {}

    static String of(String fileName) {
        String plain =
                fileName.replaceFirst("(?i)\\.(gz|gzip|bz2)$", "").replaceFirst("(?i)\\.(csv|tsv|tab|txt|psv)$", "");
        String safe = Normalizer.normalize(plain, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replace("ß", "ss")
                .replaceAll("[^A-Za-z0-9._-]+", "_");
        // Spark and Glue pass over names that begin with '.' or '_'.
        String visible = safe.replaceFirst("^[._]+", "");
        String base = visible.isEmpty() ? "history" : visible;
        return base.substring(0, Math.min(LONGEST, base.length())) + ".csv";
    }

    /** @param n 1 for the name itself, 2 for {@code name-2.csv} */
    static String numbered(String name, int n) {
        return n == 1 ? name : name.substring(0, name.length() - 4) + "-" + n + ".csv";
    }

    /** Some file systems take names that differ in case for one. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
