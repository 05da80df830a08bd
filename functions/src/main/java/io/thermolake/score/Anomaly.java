package io.thermolake.score;

import static java.util.Objects.requireNonNull;

/**
 * A reading whose score is above its model's threshold.
 *
 * @param timestamp {@code YYYY-MM-DD HH:MM:SS}, UTC
 * @param temperature °C
 * @param score ≥ 0
 */
public record Anomaly(String timestamp, double temperature, double score) {
    public Anomaly {
        requireNonNull(timestamp, "anomaly.timestamp is null");
    }
}
