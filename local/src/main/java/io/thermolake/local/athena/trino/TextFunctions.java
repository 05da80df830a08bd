package io.thermolake.local.athena.trino;

import static io.thermolake.local.athena.trino.JavaFunction.of;

import java.util.List;
import java.util.function.IntUnaryOperator;

/** Texts as Trino has them: counted in code points, from one. */
final class TextFunctions {
    static final List<JavaFunction> ALL = List.of(
            of("th_substr", "sl>s", a -> substr((String) a[0], (Long) a[1], Long.MAX_VALUE)),
            of("th_substr_length", "sll>s", a -> substr((String) a[0], (Long) a[1], (Long) a[2])),
            of("th_upper", "s>s", a -> each((String) a[0], Character::toUpperCase)),
            of("th_lower", "s>s", a -> each((String) a[0], Character::toLowerCase)),
            of("th_trim", "sss>s", a -> trim((String) a[0], (String) a[1], (String) a[2])),
            of("th_strip", "ss>s", a -> strip((String) a[0], (String) a[1])),
            of(
                    "th_lpad",
                    "sls>s",
                    a -> pad((String) a[0], (Long) a[1], (String) a[2]) + cut((String) a[0], (Long) a[1])),
            of(
                    "th_rpad",
                    "sls>s",
                    a -> cut((String) a[0], (Long) a[1]) + pad((String) a[0], (Long) a[1], (String) a[2])),
            of("th_reverse", "s>s", a -> reverse((String) a[0])),
            of("th_replace", "sss>s", a -> ((String) a[0]).replace((String) a[1], (String) a[2])),
            of("th_strpos", "ss>l", a -> strpos((String) a[0], (String) a[1], 1)),
            of("th_strpos_nth", "ssl>l", a -> strpos((String) a[0], (String) a[1], (Long) a[2])),
            of("th_split_part", "ssl>s", a -> splitPart((String) a[0], (String) a[1], (Long) a[2])),
            of("th_delimiter", "s>s", a -> delimiter((String) a[0])),
            of("th_translate", "sss>s", a -> translate((String) a[0], (String) a[1], (String) a[2])),
            of("th_chr", "l>s", a -> Character.toString(Math.toIntExact((Long) a[0]))),
            of("th_codepoint", "s>l", a -> codepoint((String) a[0])),
            of("th_fits", "sl>s", a -> fits((String) a[0], (Long) a[1])));

    private static final long MOST_PADDED = 16_000_000;

    private TextFunctions() {}

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static String substr(String text, long start, long count) {
        int length = length(text);
        long from = start < 0 ? length + start : start - 1;
        if (start == 0 || from < 0 || from >= length || count <= 0) {
            return "";
        }
        long to = count > length - from ? length : from + count;
        return text.substring(text.offsetByCodePoints(0, (int) from), text.offsetByCodePoints(0, (int) to));
    }

    private static String each(String text, IntUnaryOperator operator) {
        StringBuilder out = new StringBuilder();
        text.codePoints().map(operator).forEach(out::appendCodePoint);
        return out.toString();
    }

    /** @param side left, right or both; blanks are what Unicode calls so */
    private static String strip(String text, String side) {
        int from = 0;
        int to = text.length();
        while (!side.equals("right") && from < to && blank(text.charAt(from))) {
            from++;
        }
        while (!side.equals("left") && from < to && blank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String trim(String text, String side, String characters) {
        int[] points = text.codePoints().toArray();
        int from = 0;
        int to = points.length;
        while (!side.equals("right") && from < to && characters.indexOf(points[from]) >= 0) {
            from++;
        }
        while (!side.equals("left") && from < to && characters.indexOf(points[to - 1]) >= 0) {
            to--;
        }
        return new String(points, from, to - from);
    }

    private static String cut(String text, long size) {
        return size < length(text) ? substr(text, 1, size) : text;
    }

    private static String pad(String text, long size, String padding) {
        if (size < 0 || size > Integer.MAX_VALUE / 2 || padding.isEmpty()) {
            throw new IllegalArgumentException("INVALID_FUNCTION_ARGUMENT: "
                    + (padding.isEmpty()
                            ? "Padding string must not be empty"
                            : "Target length must be in the range [0.." + Integer.MAX_VALUE + "]"));
        }
        if (size > MOST_PADDED) {
            throw new IllegalArgumentException("The laptop's Athena pads to " + MOST_PADDED
                    + " characters at most, and not to " + size + "; on AWS it may run");
        }
        int missing = (int) Math.max(0, size - length(text));
        int[] points = padding.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            out.appendCodePoint(points[i % points.length]);
        }
        return out.toString();
    }

    private static String reverse(String text) {
        int[] points = text.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        for (int i = points.length - 1; i >= 0; i--) {
            out.appendCodePoint(points[i]);
        }
        return out.toString();
    }

    static long strpos(String text, String part, long instance) {
        if (instance <= 0) {
            throw new IllegalArgumentException(
                    "The laptop's Athena does not know strpos from the end; use a positive instance");
        }
        if (part.isEmpty()) {
            return 1;
        }
        int at = -1;
        for (long i = 0; i < instance; i++) {
            at = text.indexOf(part, at + 1);
            if (at < 0) {
                return 0;
            }
        }
        return text.codePointCount(0, at) + 1L;
    }

    private static @org.jspecify.annotations.Nullable String splitPart(String text, String delimiter, long index) {
        if (index <= 0) {
            throw new IllegalArgumentException("INVALID_FUNCTION_ARGUMENT: Index must be greater than zero");
        }
        delimiter(delimiter);
        int from = 0;
        for (long i = 1; ; i++) {
            int to = text.indexOf(delimiter, from);
            if (i == index) {
                return to < 0 ? text.substring(from) : text.substring(from, to);
            }
            if (to < 0) {
                return null;
            }
            from = to + delimiter.length();
        }
    }

    private static String delimiter(String delimiter) {
        if (delimiter.isEmpty()) {
            throw new IllegalArgumentException("The laptop's Athena does not know an empty delimiter");
        }
        return delimiter;
    }

    private static String translate(String text, String from, String to) {
        int[] source = from.codePoints().toArray();
        int[] target = to.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> {
            int at = 0;
            while (at < source.length && source[at] != point) {
                at++;
            }
            if (at == source.length) {
                out.appendCodePoint(point);
            } else if (at < target.length) {
                out.appendCodePoint(target[at]);
            }
        });
        return out.toString();
    }

    private static long codepoint(String text) {
        if (length(text) != 1) {
            throw new IllegalArgumentException(
                    "INVALID_FUNCTION_ARGUMENT: Input string must be a single character string");
        }
        return text.codePointAt(0);
    }

    private static String fits(String text, long most) {
        if (length(text) > most) {
            throw new IllegalArgumentException(
                    "INVALID_CAST_ARGUMENT: Value " + text + " cannot be represented as varchar(" + most + ")");
        }
        return text;
    }
}
