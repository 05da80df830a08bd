package io.thermolake.local.athena.trino;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads a time from a text, field by field; what is missing is of 1970-01-01 00:00. */
final class TimeReader {
    private static final int NANO_DIGITS = 9;
    /** Two digits are a year from 1970 to 2069. */
    private static final int PIVOT = 70;

    private final String text;
    private int at;
    private final Map<Character, Integer> fields = new HashMap<>();

    TimeReader(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    boolean literal(String literal) {
        boolean there = text.regionMatches(true, at, literal, 0, literal.length());
        at += there ? literal.length() : 0;
        return there;
    }

    private String digits(int most) {
        int to = at;
        while (to < text.length() && to - at < most && text.charAt(to) >= '0' && text.charAt(to) <= '9') {
            to++;
        }
        String digits = text.substring(at, to);
        at = to;
        return digits;
    }

    boolean number(char field, int most) {
        String digits = digits(most);
        // Joda takes fewer digits for most fields; for the year alone the century would be a guess.
        boolean there = !digits.isEmpty() && (field == 'Y' || field == 'y' ? digits.length() == most : true);
        if (there) {
            fields.put(field, Integer.parseInt(digits));
        }
        return there;
    }

    boolean fraction(int most) {
        String digits = digits(most);
        if (digits.isEmpty()) {
            return false;
        }
        fields.put('f', Integer.parseInt(digits + "0".repeat(NANO_DIGITS - digits.length())));
        return true;
    }

    boolean halfday() {
        boolean morning = literal("AM");
        if (!morning && !literal("PM")) {
            return false;
        }
        fields.put('p', morning ? 0 : 12);
        return true;
    }

    boolean month() {
        for (TextStyle style : new TextStyle[] {TextStyle.FULL, TextStyle.SHORT}) {
            for (Month month : Month.values()) {
                if (literal(month.getDisplayName(style, Locale.US))) {
                    fields.put('m', month.getValue());
                    return true;
                }
            }
        }
        return false;
    }

    private int field(char name, int otherwise) {
        return fields.getOrDefault(name, otherwise);
    }

    /** @throws java.time.DateTimeException for a day or an hour that is none */
    LocalDateTime time() {
        int year = field('Y', 1970);
        if (fields.containsKey('y')) {
            year = field('y', 0) + (field('y', 0) < PIVOT ? 2000 : 1900);
        }
        int hour = field('H', 0);
        if (fields.containsKey('h')) {
            int clock = field('h', 12);
            if (clock < 1 || clock > 12 || fields.containsKey('H')) {
                throw new java.time.DateTimeException("hour " + clock);
            }
            hour = clock % 12 + field('p', 0);
        } else if (fields.containsKey('p')) {
            throw new IllegalArgumentException("The laptop's Athena does not know AM and PM beside hours up to 24");
        }
        // To the millisecond, as the result's type has it.
        return LocalDateTime.of(
                LocalDate.of(year, field('m', 1), field('d', 1)),
                LocalTime.of(hour, field('i', 0), field('s', 0), field('f', 0) / 1_000_000 * 1_000_000));
    }
}
