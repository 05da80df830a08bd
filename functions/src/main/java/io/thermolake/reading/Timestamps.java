package io.thermolake.reading;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The times that a raw record may have, all UTC unless they say another offset:
 *
 * <ul>
 *   <li>{@code 2026-03-01 08:00:00}, with {@code T} instead of the blank, with slashes, without leading zeros in month, day
 *       and hour, without seconds, or the date alone, which is its midnight;
 *   <li>after it a fraction with a point or comma, and {@code Z}, {@code UTC}, {@code GMT} or an offset such as
 *       {@code +01:00}, {@code +0100} or {@code +01}, with a blank before it or none;
 *   <li>ISO 8601's basic form {@code 20260301T080000Z};
 *   <li>a number of seconds since 1970, or of milli-, micro- or nanoseconds, told by its size.
 * </ul>
 *
 * A fraction of a second is cut off. What does not exist (30 February, 23:59:60, 24:00) and what can be read in two ways
 * (03/01/2026) is no time, nor is a number before 2000: such are a spreadsheet's days or a device's uptime.
 */
public final class Timestamps {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private static final String ZONE = "(?:[ \u00A0\u202F]?(?:(?<zone>[Zz]|UTC|utc|GMT|gmt)"
            + "|(?<sign>[-+\u2212])(?<oh>[0-9]{2})(?::?(?<om>[0-9]{2}))?))?";
    private static final String FRACTION = "(?:[.,][0-9]++)?";
    private static final Pattern EXTENDED =
            Pattern.compile("(?<y>[0-9]{4})([-/])(?<m>[0-9]{1,2})\\2(?<d>[0-9]{1,2})(?:[Tt \u00A0\u202F]"
                    + "(?<h>[0-9]{1,2}):(?<min>[0-9]{2})(?::(?<s>[0-9]{2})" + FRACTION + ")?" + ZONE + ")?");
    private static final Pattern BASIC = Pattern.compile("(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})[Tt]"
            + "(?<h>[0-9]{2})(?<min>[0-9]{2})(?:(?<s>[0-9]{2})" + FRACTION + ")?" + ZONE);

    private static final Pattern NUMBER = Pattern.compile("(?<whole>[0-9]{1,19})(?:[.][0-9]*+)?(?<e>[eE][+]?[0-9]+)?");
    /** Above it a number with an exponent is no time: it stands for some digits only. */
    private static final double LARGEST_WITH_EXPONENT = 1e15;
    /** Above this, a number is milliseconds: as seconds it would be the year 5138. */
    private static final long LARGEST_SECONDS = 100_000_000_000L;

    private static final long STEP = 1000;
    private static final int LONGEST = 100;
    private static final long EARLIEST_NUMBER =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private Timestamps() {}

    /** The lake's own text of a time. */
    public static String text(long epochSecond) {
        return LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC).format(TEXT);
    }

    /**
     * Reads a time; blanks around it do not matter.
     *
     * @return seconds since 1970 UTC, or nothing when the text is no time
     */
    public static OptionalLong epochSecond(String text) {
        String time = Blanks.strip(text);
        if (time.length() > LONGEST) {
            return OptionalLong.empty();
        }
        try {
            long second = parse(time);
            return second >= 0 ? OptionalLong.of(second) : OptionalLong.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long parse(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (matcher.matches()) {
            return seconds(text, matcher);
        }
        matcher = EXTENDED.matcher(text);
        if (!matcher.matches()) {
            matcher = BASIC.matcher(text);
        }
        if (!matcher.matches()) {
            throw new DateTimeException("of no form that is read");
        }
        return LocalDateTime.of(
                        part(matcher, "y"),
                        part(matcher, "m"),
                        part(matcher, "d"),
                        part(matcher, "h"),
                        part(matcher, "min"),
                        part(matcher, "s"))
                .toEpochSecond(offset(matcher));
    }

    private static long seconds(String text, Matcher matcher) {
        long whole;
        if (matcher.group("e") == null) {
            whole = Long.parseLong(matcher.group("whole"));
        } else {
            double number = Double.parseDouble(text);
            if (!(number < LARGEST_WITH_EXPONENT)) {
                throw new DateTimeException("out of range");
            }
            whole = (long) number;
        }
        while (whole > LARGEST_SECONDS) {
            whole /= STEP;
        }
        if (whole < EARLIEST_NUMBER) {
            throw new DateTimeException("no number of seconds, but of something else");
        }
        return whole;
    }

    private static int part(Matcher matcher, String name) {
        @Nullable String digits = matcher.group(name);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static ZoneOffset offset(Matcher matcher) {
        if (matcher.group("sign") == null) {
            return ZoneOffset.UTC;
        }
        int sign = matcher.group("sign").equals("+") ? 1 : -1;
        return ZoneOffset.ofHoursMinutes(sign * part(matcher, "oh"), sign * part(matcher, "om"));
    }
}
