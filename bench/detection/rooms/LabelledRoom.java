package rooms;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A made-up sensor's readings with what went wrong.
 *
 * @param trainUntil what comes before is without faults
 */
public record LabelledRoom(
        String name, Duration interval, Instant trainUntil, List<Row> rows, List<Event> events) {
    /** One reading. */
    public record Row(Instant at, double celsius) {}
}
