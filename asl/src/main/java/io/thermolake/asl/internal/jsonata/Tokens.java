package io.thermolake.asl.internal.jsonata;

import java.util.List;
import java.util.Set;

/**
 * The tokens of a JSONata expression. What a text is depends on whether an operand is due: there a slash begins a regular
 * expression, and {@code and} is a name.
 */
final class Tokens {
    /** After the last token. */
    static final String END = "";

    private static final Set<String> WORDS_BETWEEN = Set.of("and", "or", "in");
    /** Where a name ends, besides at white space. */
    private static final String MARKS = ".[]{}(),@#;:?+-*/%|=<>^&!~";

    private static final List<String> SYMBOLS = List.of("..", ":=", "!=", "<=", ">=", "**", "~>", "?:", "??");

    private final String text;
    private int at;
    private boolean operandNext;

    Tokens(String text) {
        this.text = text;
    }

    /** Where the next token is looked for. */
    int at() {
        return at;
    }

    void backTo(int place) {
        at = place;
    }

    void skipAll() {
        at = text.length();
    }

    /** Up to a token, whatever is in between. */
    void skipTo(String token) {
        while (!peek(token) && at < text.length()) {
            at++;
        }
    }

    /** Whether the next token is this one, where no operand is due. */
    boolean peek(String token) {
        int here = at;
        boolean operand = operandNext;
        operandNext = false;
        boolean there = next().equals(token);
        operandNext = operand;
        at = here;
        return there;
    }

    /** @param operandDue whether the token may begin an operand, here and for those that are read after it */
    String next(boolean operandDue) {
        operandNext = operandDue;
        return next();
    }

    /** The next token, or END. */
    String next() {
        skip();
        if (at >= text.length()) {
            return END;
        }
        int start = at;
        char c = text.charAt(at);
        if (c == '"' || c == '\'' || c == '`') {
            return quoted(start, c);
        }
        if (c == '/' && operandNext) {
            return regex(start);
        }
        if (isName(c)) {
            return name(start);
        }
        if (Character.isDigit(c)) {
            at++;
            while (at < text.length() && partOfNumber()) {
                at++;
            }
            return text.substring(start, at);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at) && !(symbol.equals("**") && !operandNext)) {
                at += symbol.length();
                return symbol;
            }
        }
        at++;
        return String.valueOf(c);
    }

    /** Whether a token that begins like this is a name. */
    static boolean isName(char first) {
        return !Character.isDigit(first)
                && !Character.isWhitespace(first)
                && MARKS.indexOf(first) < 0
                && "\"'`".indexOf(first) < 0;
    }

    private String name(int start) {
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && MARKS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        // Where an operand is due, they are names like any other.
        return !operandNext && WORDS_BETWEEN.contains(word) ? "&" : word;
    }

    private boolean partOfNumber() {
        char c = text.charAt(at);
        boolean dot = c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
        boolean exponent = "eE".indexOf(c) >= 0 || ("+-".indexOf(c) >= 0 && "eE".indexOf(text.charAt(at - 1)) >= 0);
        return Character.isDigit(c) || dot || exponent;
    }

    private String quoted(int start, char quote) {
        for (at++; at < text.length() && text.charAt(at) != quote; at++) {
            if (text.charAt(at) == '\\' && quote != '`') {
                at++;
            }
        }
        at = Math.min(at + 1, text.length());
        return text.substring(start, at);
    }

    private String regex(int start) {
        int brackets = 0;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '/' && brackets == 0) {
                break;
            } else if ("([{".indexOf(c) >= 0) {
                brackets++;
            } else if (")]}".indexOf(c) >= 0) {
                brackets--;
            }
        }
        at = Math.min(at + 1, text.length());
        while (at < text.length() && "im".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skip() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else {
                return;
            }
        }
    }
}
