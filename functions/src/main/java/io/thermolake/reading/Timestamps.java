package io.thermolake.reading;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The times that a raw record may have: {@code YYYY-MM-DD HH:MM:SS} (UTC), ISO 8601 with or without an offset (UTC without
 * one), epoch seconds or milliseconds. A fraction of a second is cut off. A date or time that does not exist (30 February,
 * 23:59:60) is none.
 */
public final class Timestamps {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ISO_LOCAL_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter OFFSET =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern NUMBER = Pattern.compile("[0-9]+([.][0-9]*)?([eE][+]?[0-9]+)?");
    /** Above this, a number is milliseconds: as seconds it would be the year 5138. */
    private static final long LARGEST_SECONDS = 100_000_000_000L;
    /** Sensors of rooms are younger than that. */
    private static final long EARLIEST = Instant.parse("1970-01-01T00:00:00Z").getEpochSecond();

    private Timestamps() {}

    /** The lake's own text of a time. */
    public static String text(long epochSecond) {
        return LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC).format(TEXT);
    }

    /** @return seconds since 1970 UTC, or nothing when the text is no time */
    public static OptionalLong epochSecond(String text) {
        try {
            long second = parse(text);
            return second >= EARLIEST ? OptionalLong.of(second) : OptionalLong.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long parse(String text) {
        if (text.length() > 40) {
            throw new DateTimeException("too long");
        }
        if (text.indexOf('-', 1) < 0) {
            // Java would read "17e8f" and "0x1p30" as well.
            double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            if (!(Math.abs(number) < 1e15)) {
                throw new DateTimeException("out of range");
            }
            long whole = (long) Math.floor(number);
            return whole > LARGEST_SECONDS ? Math.floorDiv(whole, 1000L) : whole;
        }
        if (text.length() > 10 && text.charAt(10) == ' ') {
            int fraction = text.indexOf('.');
            if (fraction == 19) {
                return LocalDateTime.parse(text.replace(' ', 'T'), LOCAL).toEpochSecond(ZoneOffset.UTC);
            }
            return LocalDateTime.parse(text, TEXT).toEpochSecond(ZoneOffset.UTC);
        }
        char last = text.charAt(text.length() - 1);
        boolean offset = last == 'Z' || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
        return offset
                ? OffsetDateTime.parse(text, OFFSET).toEpochSecond()
                : LocalDateTime.parse(text, LOCAL).toEpochSecond(ZoneOffset.UTC);
    }
}
