package io.thermolake.reading;

import java.util.Arrays;

/**
 * Where a reading comes from, in the order of who is kept of two readings of a room and time: the first. What the lake has stays.
 */
public enum Source {
    /** The lake as the run found it. */
    LAKE("lake"),
    /** The external database. */
    EXTERNAL_DB("external_db"),
    /** What the visual job wrote of the history. */
    HISTORY("history"),
    /** The sensors, by way of Firehose. */
    LIVE("live"),
    /** The history as it came: its bad records count, and its readings are held against the visual job's. No reading is kept of it. */
    HISTORY_FILE("history_source");

    private final String key;

    Source(String key) {
        this.key = key;
    }

    /** The source's name in the input list, in a manifest's schemas, and, where it is crawled, after its table's prefix. */
    public String key() {
        return key;
    }

    /** The lower one is kept. */
    public int rank() {
        return ordinal();
    }

    /** @throws IllegalArgumentException when no source is called so */
    public static Source of(String key) {
        return Arrays.stream(values())
                .filter(source -> source.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is no source; there are %s"
                        .formatted(key, Arrays.stream(values()).map(Source::key).toList())));
    }

    /** Whether the visual job reads it, or wrote it. */
    public boolean isHistory() {
        return this == HISTORY || this == HISTORY_FILE;
    }
}
