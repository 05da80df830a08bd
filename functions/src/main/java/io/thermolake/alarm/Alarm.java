package io.thermolake.alarm;

import static java.util.Objects.requireNonNull;

/**
 * One episode of anomalies in a room: somebody is told of its first reading, and not again until it is over.
 *
 * @param start when it began
 * @param end timestamp of its last anomaly; of a sensor that is silent still, the present of the run that looked
 * @param worst the temperature at the highest score, °C
 * @param score the highest score, 0 to 1
 * @param readings anomalies in it, ≥ 0; none where a sensor is silent still
 * @param kind the likely kind, that of the highest score
 */
public record Alarm(String start, String end, double worst, double score, int readings, String kind) {
    public Alarm {
        requireNonNull(start, "alarm.start is null");
        requireNonNull(end, "alarm.end is null");
        requireNonNull(kind, "alarm.kind is null");
        if (start.compareTo(end) > 0 || readings < 0) {
            throw new IllegalArgumentException(
                    "an alarm from %s to %s cannot have %d anomalies".formatted(start, end, readings));
        }
    }

    /** @param readings 1, or 0 for a silence that lasts */
    static Alarm first(Anomaly anomaly, int readings) {
        return new Alarm(
                anomaly.from(), anomaly.timestamp(), anomaly.temperature(), anomaly.score(), readings, anomaly.kind());
    }

    Alarm and(Anomaly next, int more) {
        boolean worse = next.score() > score;
        return new Alarm(
                start,
                next.timestamp(),
                worse ? next.temperature() : worst,
                worse ? next.score() : score,
                readings + more,
                worse ? next.kind() : kind);
    }
}
