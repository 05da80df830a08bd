package io.thermolake.train;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * One line of a room's CSV. The timestamp stays text, because its order as text is its order in time and nearly all of
 * the readings are only passed on.
 *
 * @param timestamp {@code YYYY-MM-DD HH:MM:SS}, UTC
 * @param temperature °C, finite
 */
public record RoomReading(String timestamp, double temperature) {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    public RoomReading {
        requireNonNull(timestamp, "timestamp is null");
        if (!Double.isFinite(temperature)) {
            throw new IllegalArgumentException("temperature must be finite but is " + temperature);
        }
    }

    /** The time of a timestamp's text. */
    public static Instant at(String timestamp) {
        return LocalDateTime.parse(timestamp, FORMAT).toInstant(ZoneOffset.UTC);
    }

    /** A time as the text of a timestamp, cut to the second. */
    public static String timestamp(Instant at) {
        return FORMAT.format(at.atZone(ZoneOffset.UTC));
    }
}
