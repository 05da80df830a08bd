package io.thermolake.alarm;

import static java.util.Objects.requireNonNull;

/**
 * A reading whose score is above the threshold.
 *
 * @param timestamp {@code YYYY-MM-DD HH:MM:SS}, UTC
 * @param from since when it is so: where a sensor was silent, the time at which that became too long; else the timestamp
 * @param temperature °C
 * @param score 0 to 1
 * @param kind its likely kind, as the tables have it
 */
public record Anomaly(String timestamp, String from, double temperature, double score, String kind) {
    public Anomaly {
        requireNonNull(timestamp, "anomaly.timestamp is null");
        requireNonNull(from, "anomaly.from is null");
        requireNonNull(kind, "anomaly.kind is null");
    }
}
