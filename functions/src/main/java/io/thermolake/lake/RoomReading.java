package io.thermolake.lake;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * One line of a room's CSV. The timestamp stays text, because its order as text is its order in time and nearly all of
 * the readings are only passed on.
 *
 * @param timestamp {@code YYYY-MM-DD HH:MM:SS}, UTC
 * @param temperature °C, finite
 */
public record RoomReading(String timestamp, double temperature) {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static final int DATE_LENGTH = "YYYY-MM-DD".length();

    public RoomReading {
        requireNonNull(timestamp, "timestamp is null");
        if (!Double.isFinite(temperature)) {
            throw new IllegalArgumentException("temperature must be finite but is " + temperature);
        }
    }

    /** On how many days there are readings. */
    public static int days(List<RoomReading> readings) {
        return (int) readings.stream()
                .map(r -> r.timestamp().substring(0, DATE_LENGTH))
                .distinct()
                .count();
    }

    /** Seconds since 1970. By hand: a formatter takes a microsecond, and there are millions. */
    public long second() {
        return LocalDate.of(digits(0, 4), digits(5, 7), digits(8, 10)).toEpochDay() * 86_400L
                + digits(11, 13) * 3600L
                + digits(14, 16) * 60L
                + digits(17, 19);
    }

    private int digits(int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + Character.digit(timestamp.charAt(i), 10);
        }
        return number;
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
