package io.thermolake.score;

import static java.util.Objects.requireNonNull;

/**
 * One episode of anomalies in a room: somebody is told of its first reading, and not again until it is over.
 *
 * @param start timestamp of its first anomaly
 * @param end timestamp of its last anomaly
 * @param worst the temperature at the highest score, °C
 * @param score the highest score
 * @param readings anomalies in it, ≥ 1
 */
public record Alarm(String start, String end, double worst, double score, int readings) {
    public Alarm {
        requireNonNull(start, "alarm.start is null");
        requireNonNull(end, "alarm.end is null");
        if (start.compareTo(end) > 0 || readings < 1) {
            throw new IllegalArgumentException(
                    "an alarm from %s to %s cannot have %d anomalies".formatted(start, end, readings));
        }
    }

    static Alarm first(Anomaly anomaly) {
        return new Alarm(anomaly.timestamp(), anomaly.timestamp(), anomaly.temperature(), anomaly.score(), 1);
    }

    Alarm and(Anomaly next) {
        boolean worse = next.score() > score;
        return new Alarm(
                start,
                next.timestamp(),
                worse ? next.temperature() : worst,
                worse ? next.score() : score,
                readings + 1);
    }
}
