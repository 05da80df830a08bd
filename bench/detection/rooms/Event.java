package rooms;

import java.time.Duration;
import java.time.Instant;

/**
 * A labelled fault: an alarm counts from its start to its deadline.
 *
 * @param size °C, hours or deviations, as its kind has it
 */
public record Event(Kind kind, Instant start, Instant end, double size) {
    /** What goes wrong, and how soon it must be found. */
    public enum Kind {
        SPIKE,
        OFFSET,
        DRIFT,
        STUCK,
        SILENT,
        HEATING_OFF,
        WRONG_HOUR,
        NOISE
    }

    private static final Duration SHORT = Duration.ofHours(2);
    private static final int ROWS = 3;

    /** @param interval of the sensor's readings */
    public Instant deadline(Duration interval) {
        return switch (kind) {
            case OFFSET, HEATING_OFF -> earlier(start.plus(Duration.ofHours(12)));
            case WRONG_HOUR -> earlier(start.plus(Duration.ofHours(24)));
            case DRIFT -> earlier(start.plus(Duration.ofDays(5)));
            case SPIKE, SILENT -> {
                Duration rows = interval.multipliedBy(ROWS);
                yield end.plus(rows.compareTo(SHORT) > 0 ? rows : SHORT);
            }
            case STUCK, NOISE -> end;
        };
    }

    private Instant earlier(Instant deadline) {
        return deadline.isBefore(end) ? deadline : end;
    }
}
