package io.thermolake.local.athena.trino;

import static io.thermolake.local.athena.trino.JavaFunction.of;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times: microseconds since 1970, of the local time or, with a zone, of the instant. */
final class TimeFunctions {
    private static final int KEPT = 1000;
    private static final long SECOND = 1_000_000;
    private static final Pattern TIMESTAMP = Pattern.compile(
            "(\\d{4})-(\\d{1,2})-(\\d{1,2})(?: (\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,12}))?)?)?(?:\\s*([A-Za-z+-].*))?");
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)(?:T(\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?)(Z|[+-]\\d\\d(?::\\d\\d)?)?)?");
    private static final Map<String, TimePattern> PATTERNS = new ConcurrentHashMap<>();

    static final List<JavaFunction> ALL = List.of(
            of("th_date_format", "ls>s", a -> pattern('%', (String) a[1]).format(local((Long) a[0]))),
            of("th_format_datetime", "ls>s", a -> pattern('J', (String) a[1]).format(local((Long) a[0]))),
            of("th_date_parse", "ss>l", a -> micros(pattern('%', (String) a[1]).parse((String) a[0]))),
            of(
                    "th_parse_datetime",
                    "ss>l",
                    a -> micros(pattern('J', (String) a[1]).parse((String) a[0]))),
            of(
                    "th_date_add",
                    "sll>l",
                    a -> micros(local((Long) a[2]).plus(amount((String) a[0], (Long) a[1]), unit((String) a[0])))),
            of(
                    "th_date_add_zoned",
                    "slls>l",
                    a -> micros(zoned((Long) a[2], (String) a[3])
                            .plus(amount((String) a[0], (Long) a[1]), unit((String) a[0])))),
            of("th_date_diff", "sll>l", a -> difference((String) a[0], local((Long) a[1]), local((Long) a[2]))),
            of(
                    "th_date_diff_zoned",
                    "slls>l",
                    a -> differenceZoned((String) a[0], (Long) a[1], (Long) a[2], (String) a[3])),
            of("th_date_trunc_zoned", "sls>l", a -> micros(truncate((String) a[0], zoned((Long) a[1], (String) a[2])))),
            of("th_local", "ls>l", a -> micros(zoned((Long) a[0], (String) a[1]).toLocalDateTime())),
            of("th_instant", "ls>l", a -> micros(local((Long) a[0]).atZone(zone((String) a[1])))),
            of("th_offset", "ls>s", a -> offset((Long) a[0], (String) a[1])),
            of("th_from_unixtime", "d>l", a -> Math.multiplyExact(Math.round((Double) a[0] * 1000), 1000L)),
            of("th_text_timestamp", "sl>l", a -> micros(rounded(timestamp((String) a[0]), (Long) a[1]))),
            of("th_text_date", "s>l", a -> date((String) a[0]).toEpochDay()),
            of("th_iso_date", "s>l", a -> isoDate((String) a[0]).toEpochDay()),
            of("th_iso_timestamp", "s>l", a -> micros(iso((String) a[0]))),
            of("th_round_micros", "ll>l", a -> micros(rounded(local((Long) a[0]), (Long) a[1]))),
            of(
                    "th_timestamp_text",
                    "lls>s",
                    a -> ResultText.time(local((Long) a[0]), Math.toIntExact((Long) a[1]), (String) a[2])),
            of("th_whole_days", "l>l", a -> wholeDays((Long) a[0])),
            of("th_interval_text", "l>s", a -> ResultText.dayTime((Long) a[0])));

    private TimeFunctions() {}

    private static TimePattern pattern(char kind, String pattern) {
        if (PATTERNS.size() > KEPT) {
            PATTERNS.clear();
        }
        Function<String, TimePattern> parse = kind == '%' ? TimePattern::mysql : TimePattern::joda;
        return PATTERNS.computeIfAbsent(kind + pattern, k -> parse.apply(pattern));
    }

    static LocalDateTime local(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, SECOND), (int) Math.floorMod(micros, SECOND) * 1000, ZoneOffset.UTC);
    }

    static long micros(LocalDateTime time) {
        return Math.addExact(Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), SECOND), time.getNano() / 1000L);
    }

    private static long micros(ZonedDateTime time) {
        return Math.addExact(Math.multiplyExact(time.toEpochSecond(), SECOND), time.getNano() / 1000L);
    }

    static ZoneId zone(String name) {
        return name.equals(Zones.SESSION) ? ZoneOffset.UTC : ZoneId.of(name);
    }

    static ZonedDateTime zoned(long micros, String zone) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(zone(zone));
    }

    /** The offset at an instant, {@code Z} for UTC's. */
    private static String offset(long micros, String zone) {
        return zoned(micros, zone).getOffset().getId();
    }

    private static ChronoUnit unit(String unit) {
        return switch (unit) {
            case "millisecond" -> ChronoUnit.MILLIS;
            case "second" -> ChronoUnit.SECONDS;
            case "minute" -> ChronoUnit.MINUTES;
            case "hour" -> ChronoUnit.HOURS;
            case "day" -> ChronoUnit.DAYS;
            case "week" -> ChronoUnit.WEEKS;
            case "month", "quarter" -> ChronoUnit.MONTHS;
            case "year" -> ChronoUnit.YEARS;
            default ->
                throw new IllegalArgumentException("INVALID_FUNCTION_ARGUMENT: '" + unit + "' is not a valid field");
        };
    }

    private static long amount(String unit, long count) {
        return unit.equals("quarter") ? Math.multiplyExact(count, 3L) : count;
    }

    static long difference(String unit, LocalDateTime from, LocalDateTime to) {
        if (from.isAfter(to)) {
            return -difference(unit, to, from);
        }
        if (unit(unit) == ChronoUnit.MONTHS || unit(unit) == ChronoUnit.YEARS) {
            unsure(from, to);
        }
        long count = unit(unit).between(from, to);
        return unit.equals("quarter") ? count / 3 : count;
    }

    /** Java's calendar and Trino's count months to a month's last day, and years round a leap day, in ways of their own. */
    private static void unsure(LocalDateTime from, LocalDateTime to) {
        boolean last =
                to.getDayOfMonth() == to.toLocalDate().lengthOfMonth() && from.getDayOfMonth() > to.getDayOfMonth();
        boolean leap = from.getMonthValue() == 2 && from.getDayOfMonth() == 29;
        if (last || leap || (to.getMonthValue() == 2 && to.getDayOfMonth() == 29 && from.getDayOfMonth() > 28)) {
            throw new IllegalArgumentException("The laptop's Athena does not know the months from " + from.toLocalDate()
                    + " to " + to.toLocalDate() + ", the last day of a shorter month; count days");
        }
    }

    private static long differenceZoned(String unit, long from, long to, String zone) {
        return unit(unit).isTimeBased()
                ? unit(unit).between(local(from), local(to))
                : difference(
                        unit,
                        zoned(from, zone).toLocalDateTime(),
                        zoned(to, zone).toLocalDateTime());
    }

    private static ZonedDateTime truncate(String unit, ZonedDateTime time) {
        if (unit(unit).isTimeBased()) {
            return time.truncatedTo(unit(unit));
        }
        LocalDate day = time.toLocalDate();
        LocalDate first = switch (unit) {
            case "day" -> day;
            case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "month" -> day.withDayOfMonth(1);
            case "quarter" -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
            default -> day.withDayOfYear(1);
        };
        return first.atStartOfDay(time.getZone());
    }

    private static LocalDateTime rounded(LocalDateTime time, long precision) {
        long unit = (long) Math.pow(10, 9 - precision);
        long rest = time.getNano() % unit;
        return rest * 2 >= unit ? time.plusNanos(unit - rest) : time.minusNanos(rest);
    }

    private static Matcher matcher(String text, String type) {
        Matcher matcher = TIMESTAMP.matcher(text.strip());
        if (!matcher.matches()) {
            throw invalid(text, type);
        }
        return matcher;
    }

    private static IllegalArgumentException invalid(String text, String type) {
        return new IllegalArgumentException("INVALID_CAST_ARGUMENT: Value cannot be cast to " + type + ": " + text);
    }

    /** A literal's or a cast's text, which has no zone. */
    static LocalDateTime timestamp(String text) {
        Matcher matcher = matcher(text, "timestamp");
        if (matcher.group(8) != null) {
            throw invalid(text, "timestamp");
        }
        return time(matcher, text);
    }

    /** The zone that a literal's text ends in, or null. */
    static @Nullable String zoneOf(String text) {
        return matcher(text, "timestamp").group(8);
    }

    static LocalDateTime withoutZone(String text) {
        return time(matcher(text, "timestamp"), text);
    }

    /** How many digits the text has after the second. */
    static int digits(String text) {
        String fraction = matcher(text, "timestamp").group(7);
        return fraction == null ? 0 : fraction.length();
    }

    private static LocalDateTime time(Matcher matcher, String text) {
        try {
            LocalDateTime day = LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3))
                    .atTime(number(matcher, 4), number(matcher, 5), number(matcher, 6));
            String fraction = matcher.group(7) == null ? "" : matcher.group(7);
            String nanos = (fraction + "000000000").substring(0, 9);
            return day.withNano(Integer.parseInt(nanos));
        } catch (DateTimeException e) {
            throw invalid(text, "timestamp");
        }
    }

    private static int number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
    }

    static LocalDate date(String text) {
        Matcher matcher = matcher(text, "date");
        if (matcher.group(4) != null || matcher.group(8) != null) {
            throw invalid(text, "date");
        }
        return time(matcher, text).toLocalDate();
    }

    private static LocalDate isoDate(String text) {
        if (!text.matches("\\d{4}-\\d\\d-\\d\\d")) {
            throw new IllegalArgumentException(
                    "The laptop's Athena reads dates of ISO 8601 as year-month-day only, not '" + text + "'");
        }
        return date(text);
    }

    private static Matcher isoMatcher(String text) {
        Matcher matcher = ISO.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("The laptop's Athena does not know the time of ISO 8601 '" + text + "'");
        }
        return matcher;
    }

    /** The zone's name as Trino prints it. */
    static String isoZone(String text) {
        String zone = isoMatcher(text).group(3);
        if (zone == null || zone.equals("Z")) {
            return Zones.SESSION;
        }
        String name = Zones.canonical(zone.length() == 3 ? zone + ":00" : zone);
        if (name == null) {
            throw new IllegalArgumentException("The laptop's Athena does not know the time of ISO 8601 '" + text + "'");
        }
        return name;
    }

    private static ZonedDateTime iso(String text) {
        Matcher matcher = isoMatcher(text);
        String time = matcher.group(2) == null ? "00:00" : matcher.group(2).replace(',', '.');
        try {
            return rounded(LocalDateTime.parse(matcher.group(1) + "T" + time), 3)
                    .atZone(zone(isoZone(text)));
        } catch (DateTimeException e) {
            throw invalid(text, "timestamp with time zone");
        }
    }

    private static long wholeDays(long millis) {
        long day = ChronoUnit.DAYS.getDuration().toMillis();
        if (millis % day != 0) {
            throw new IllegalArgumentException(
                    "INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date");
        }
        return millis / day;
    }
}
