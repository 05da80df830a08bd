package io.thermolake.local.athena.trino;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A format of {@code date_format} (MySQL's percent signs) or {@code format_datetime} (Joda's letters), piece by piece. */
final class TimePattern {
    private static final String MYSQL = "abcdefHhIijklMmprsSTvWxYy%";
    private static final Map<String, String> JODA = Map.ofEntries(
            Map.entry("yyyy", "Y"),
            Map.entry("MM", "m"),
            Map.entry("M", "c"),
            Map.entry("MMM", "b"),
            Map.entry("MMMM", "M"),
            Map.entry("dd", "d"),
            Map.entry("d", "e"),
            Map.entry("HH", "H"),
            Map.entry("H", "k"),
            Map.entry("hh", "h"),
            Map.entry("h", "l"),
            Map.entry("mm", "i"),
            Map.entry("ss", "s"),
            Map.entry("SSS", "3"),
            Map.entry("EEE", "a"),
            Map.entry("EEEE", "W"),
            Map.entry("a", "p"));
    private static final String ZERO_PADDED = "%02d";

    /** @param field a letter of MySQL's, or a blank for a literal text */
    private record Piece(char field, String text) {}

    private final List<Piece> pieces = new ArrayList<>();
    private final String pattern;

    private TimePattern(String pattern) {
        this.pattern = pattern;
    }

    static TimePattern mysql(String pattern) {
        TimePattern parsed = new TimePattern(pattern);
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || i + 1 == pattern.length()) {
                parsed.literal(String.valueOf(c));
                continue;
            }
            c = pattern.charAt(++i);
            if (MYSQL.indexOf(c) < 0) {
                throw parsed.unknown("%" + c);
            }
            switch (c) {
                case '%' -> parsed.literal("%");
                case 'r' -> parsed.fields("h:i:s p");
                case 'T' -> parsed.fields("H:i:s");
                case 'I' -> parsed.fields("h");
                case 'S' -> parsed.fields("s");
                default -> parsed.fields(String.valueOf(c));
            }
        }
        return parsed;
    }

    static TimePattern joda(String pattern) {
        TimePattern parsed = new TimePattern(pattern);
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            int to = at + 1;
            if (Character.isLetter(c)) {
                while (to < pattern.length() && pattern.charAt(to) == c) {
                    to++;
                }
                String field = JODA.get(pattern.substring(at, to));
                if (field == null) {
                    throw parsed.unknown(pattern.substring(at, to));
                }
                parsed.pieces.add(new Piece(field.charAt(0), ""));
            } else if (c == '\'') {
                int end = pattern.indexOf('\'', to);
                if (end < 0 || end == to) {
                    throw parsed.unknown("'");
                }
                parsed.literal(pattern.substring(to, end));
                to = end + 1;
            } else {
                parsed.literal(String.valueOf(c));
            }
            at = to;
        }
        return parsed;
    }

    private void fields(String letters) {
        letters.chars()
                .forEach(c -> pieces.add(
                        Character.isLetter(c) ? new Piece((char) c, "") : new Piece(' ', String.valueOf((char) c))));
    }

    private void literal(String text) {
        pieces.add(new Piece(' ', text));
    }

    private IllegalArgumentException unknown(String piece) {
        return new IllegalArgumentException(
                "The laptop's Athena does not know " + piece + " in the format '" + pattern + "'; on AWS it may exist");
    }

    String format(LocalDateTime time) {
        StringBuilder out = new StringBuilder();
        for (Piece piece : pieces) {
            out.append(
                    switch (piece.field()) {
                        case ' ' -> piece.text();
                        case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.US);
                        case 'W' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.US);
                        case 'b' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.US);
                        case 'M' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.US);
                        case 'p' -> time.getHour() < 12 ? "AM" : "PM";
                        case 'f' -> String.format(Locale.ROOT, "%06d", time.getNano() / 1000);
                        default -> number(piece.field(), time);
                    });
        }
        return out.toString();
    }

    private String number(char field, LocalDateTime time) {
        return switch (field) {
            case 'Y' -> String.format(Locale.ROOT, "%04d", year(time.getYear()));
            case 'x' -> String.format(Locale.ROOT, "%04d", year(time.get(IsoFields.WEEK_BASED_YEAR)));
            case 'y' -> String.format(Locale.ROOT, ZERO_PADDED, year(time.getYear()) % 100);
            case 'm' -> String.format(Locale.ROOT, ZERO_PADDED, time.getMonthValue());
            case 'd' -> String.format(Locale.ROOT, ZERO_PADDED, time.getDayOfMonth());
            case 'v' -> String.format(Locale.ROOT, ZERO_PADDED, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'H' -> String.format(Locale.ROOT, ZERO_PADDED, time.getHour());
            case 'h' -> String.format(Locale.ROOT, ZERO_PADDED, time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case 'i' -> String.format(Locale.ROOT, ZERO_PADDED, time.getMinute());
            case 's' -> String.format(Locale.ROOT, ZERO_PADDED, time.getSecond());
            case 'j' -> String.format(Locale.ROOT, "%03d", time.getDayOfYear());
            case '3' -> String.format(Locale.ROOT, "%03d", time.getNano() / 1_000_000);
            case 'c' -> String.valueOf(time.getMonthValue());
            case 'e' -> String.valueOf(time.getDayOfMonth());
            case 'k' -> String.valueOf(time.getHour());
            case 'l' -> String.valueOf(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            default -> throw unknown(String.valueOf(field));
        };
    }

    private static int year(int year) {
        if (year < 0 || year > 9999) {
            throw new IllegalArgumentException("The laptop's Athena does not know the text of the year " + year);
        }
        return year;
    }

    LocalDateTime parse(String text) {
        TimeReader reader = new TimeReader(text);
        for (Piece piece : pieces) {
            boolean read = switch (piece.field()) {
                case ' ' -> reader.literal(piece.text());
                case 'Y' -> reader.number('Y', 4);
                case 'y' -> reader.number('y', 2);
                case 'm', 'c' -> reader.number('m', 2);
                case 'd', 'e' -> reader.number('d', 2);
                case 'H', 'k' -> reader.number('H', 2);
                case 'h', 'l' -> reader.number('h', 2);
                case 'i' -> reader.number('i', 2);
                case 's' -> reader.number('s', 2);
                case 'f' -> reader.fraction(9);
                case '3' -> reader.fraction(3);
                case 'p' -> reader.halfday();
                case 'b', 'M' -> reader.month();
                default -> throw unknown(String.valueOf(piece.field()));
            };
            if (!read) {
                throw invalid(text);
            }
        }
        if (!reader.atEnd()) {
            throw invalid(text);
        }
        try {
            return reader.time();
        } catch (DateTimeException e) {
            throw invalid(text);
        }
    }

    private IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "INVALID_FUNCTION_ARGUMENT: Invalid format: \"" + text + "\" is not of the format '" + pattern + "'");
    }
}
