package io.thermolake.reading;

/** What stands around a value and is no part of it. */
public final class Blanks {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char FIRST_ZERO_WIDTH = '\u200B';
    private static final char LAST_ZERO_WIDTH = '\u200D';
    private static final char WORD_JOINER = '\u2060';

    private Blanks() {}

    /**
     * Whether a character shows nothing: Unicode's blanks with the no-break ones, those without any width, and a byte-order
     * mark. NUL is none: what is padded with it is broken.
     */
    public static boolean isBlank(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || c == BYTE_ORDER_MARK
                || c == WORD_JOINER
                || (c >= FIRST_ZERO_WIDTH && c <= LAST_ZERO_WIDTH);
    }

    /** The text without the blanks around it. */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /**
     * The text without the blanks around it, and without quotes around all of that: some readers leave the quotes of a cell
     * that begins with a blank.
     */
    static String value(String text) {
        String value = strip(text);
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? strip(value.substring(1, value.length() - 1)) : value;
    }
}
