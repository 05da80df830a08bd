package io.thermolake.local.athena.trino;

/**
 * A text that a regular expression may look at so many times and no more: one that goes back and forth for ever is refused,
 * since Java can neither interrupt nor bound it.
 */
final class Patience implements CharSequence {
    private static final long MOST_LOOKS = 20_000_000;

    private final String text;
    private final String pattern;
    private long looks;

    Patience(String text, String pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException when it has been looked at too often */
    @Override
    public char charAt(int index) {
        if (++looks > MOST_LOOKS + 16L * text.length()) {
            throw new IllegalArgumentException("The laptop's Athena gives up on the regular expression " + pattern
                    + ", which looked at one text of " + text.length() + " characters more than " + MOST_LOOKS
                    + " times; on AWS it may end");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
