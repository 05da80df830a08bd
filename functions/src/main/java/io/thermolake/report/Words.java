package io.thermolake.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them. All times are UTC. */
final class Words {
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private Words() {}

    /** 31 March 2026, 00:00 */
    static String full(Instant at) {
        return FULL.format(at.atZone(ZoneOffset.UTC));
    }

    /** 31 Mar, 00:00 */
    static String moment(Instant at) {
        return SHORT.format(at.atZone(ZoneOffset.UTC));
    }

    /** 31 Mar */
    static String day(Instant at) {
        return DAY.format(at.atZone(ZoneOffset.UTC));
    }

    /** 30 Mar, 08:01 to 14:00; or with two days where it ends on another */
    static String span(Instant from, Instant to) {
        if (from.equals(to)) {
            return moment(from);
        }
        boolean sameDay = day(from).equals(day(to));
        return moment(from) + " to " + (sameDay ? TIME.format(to.atZone(ZoneOffset.UTC)) : moment(to));
    }

    /** 216,000 */
    static String count(double number) {
        return String.format(Locale.ENGLISH, "%,.0f", number);
    }

    /** 1 reading, 2 readings */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** 21.4 °C, with a real minus sign */
    static String celsius(double temperature) {
        return degrees(temperature) + " °C";
    }

    /** 21.4 */
    static String degrees(double temperature) {
        // Adding 0.0 makes a plain zero of -0.0.
        double rounded = Math.round(temperature * 10) / 10.0 + 0.0;
        return String.format(Locale.ENGLISH, "%.1f", rounded).replace('-', '−');
    }

    /** 2.31 */
    static String score(double score) {
        return String.format(Locale.ENGLISH, "%.2f", score);
    }

    /** 6 h 18 min; the two greatest units that are not zero */
    static String duration(Duration duration) {
        long minutes = Math.max(0, duration.toMinutes());
        long days = minutes / (24 * 60);
        long hours = minutes / 60 % 24;
        long rest = minutes % 60;
        if (days > 0) {
            return days + (days == 1 ? " day" : " days") + (hours > 0 ? " " + hours + " h" : "");
        }
        if (hours > 0) {
            return hours + " h" + (rest > 0 ? " " + rest + " min" : "");
        }
        return rest == 0 ? "under a minute" : rest + " min";
    }
}
