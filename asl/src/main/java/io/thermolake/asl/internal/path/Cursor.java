package io.thermolake.asl.internal.path;

/** A place in the text of a path, and what stands there. */
final class Cursor {
    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** What has been read since a place. */
    String since(int start) {
        return text.substring(start, at);
    }

    /** Up to the first of some characters, or to the end. */
    String until(String marks) {
        int start = at;
        while (at < text.length() && marks.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return since(start);
    }

    /** Up to a character that must come, and over it. @param otherwise what is wrong when it does not */
    String through(char last, String otherwise) {
        int start = at;
        int end = text.indexOf(last, at);
        if (end < 0) {
            throw wrong(otherwise);
        }
        at = end + 1;
        return since(start);
    }

    /** The character here; there must be one. */
    char current() {
        return text.charAt(at);
    }

    boolean follows(String word) {
        return text.startsWith(word, at);
    }

    /** Only the quote itself is escaped: AWS takes any other backslash as it stands. */
    String quoted() {
        char quote = text.charAt(at++);
        StringBuilder name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        expect(quote);
        return name.toString();
    }

    void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    boolean taken(char c) {
        if (peek(c)) {
            at++;
            return true;
        }
        return false;
    }

    boolean taken(String word) {
        blanks();
        if (text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        return false;
    }

    void expect(char c) {
        if (!taken(c)) {
            throw wrong("'" + c + "' is missing");
        }
    }

    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("'" + text + "' is no JSONPath: " + what + " at character " + (at + 1));
    }
}
