package io.thermolake.asl.internal.path;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a call of an intrinsic function, character by character. */
final class IntrinsicParser {
    /** AWS's bound for one field; its guide counts all calls in it, not how deep they lie. */
    private static final int MOST_CALLS = 10;

    private final String text;
    private int at;
    private int calls;

    IntrinsicParser(String text) {
        this.text = text;
    }

    Intrinsic call() {
        int start = at;
        int open = text.indexOf('(', at);
        if (open < 0) {
            throw wrong("'(' is missing");
        }
        String name = text.substring(at, open);
        IntrinsicFunction function = IntrinsicFunction.find(name);
        if (function == null) {
            throw wrong("the intrinsic function " + name + " is not known");
        }
        at = open + 1;
        calls++;
        List<Intrinsic.Argument> arguments = new ArrayList<>();
        blanks();
        if (!peek(')')) {
            arguments.add(argument());
            blanks();
            while (peek(',')) {
                at++;
                blanks();
                arguments.add(argument());
                blanks();
            }
        }
        if (!peek(')')) {
            throw wrong("')' is missing");
        }
        at++;
        if (!function.takes(arguments.size())) {
            throw wrong(name + " does not take " + arguments.size() + " arguments");
        }
        return new Intrinsic(text.substring(start, at), function, List.copyOf(arguments));
    }

    private Intrinsic.Argument argument() {
        if (peek('\'')) {
            return new Intrinsic.Argument.Literal(quoted());
        }
        if (text.startsWith("States.", at)) {
            return new Intrinsic.Argument.Evaluated(call());
        }
        int start = at;
        if (peek('$')) {
            pathEnd();
            return new Intrinsic.Argument.Evaluated(JsonPath.parse(text.substring(start, at)));
        }
        while (at < text.length() && ",)".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String literal = text.substring(start, at).strip();
        try {
            Object value = Json.parse(literal);
            if (value instanceof Map<?, ?> || value instanceof List<?> || value instanceof String) {
                throw wrong("the argument " + literal + " must be a number, true, false, null, a path or in '…'");
            }
            return new Intrinsic.Argument.Literal(value);
        } catch (IllegalArgumentException e) {
            throw wrong("the argument " + literal + " must be a number, true, false, null, a path or in '…'");
        }
    }

    /** A path may itself have brackets, quotes and commas. */
    private void pathEnd() {
        int depth = 0;
        boolean inQuotes = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (inQuotes) {
                if (c == '\\') {
                    at++;
                } else if (c == '\'') {
                    inQuotes = false;
                }
            } else if (c == '\'') {
                inQuotes = true;
            } else if (c == '[' || c == '(') {
                depth++;
            } else if (c == ']' || (c == ')' && depth > 0)) {
                depth--;
            } else if (depth == 0 && (c == ',' || c == ')' || Character.isWhitespace(c))) {
                return;
            }
            at++;
        }
    }

    /**
     * The escapes stay as they are: {@link IntrinsicFunction} takes them away, since Format needs to tell {@code \{}. Any
     * other, {@code \n} or {@code \"}, AWS refuses.
     */
    private String quoted() {
        StringBuilder literal = new StringBuilder();
        at++;
        while (at < text.length() && !peek('\'')) {
            if (peek('\\')) {
                if (at + 1 < text.length() && "'{}\\".indexOf(text.charAt(at + 1)) < 0) {
                    throw wrong("only ', {, } and \\ may follow a \\");
                }
                literal.append(text.charAt(at++));
            }
            if (at < text.length()) {
                literal.append(text.charAt(at++));
            }
        }
        if (!peek('\'')) {
            throw wrong("the closing ' is missing");
        }
        at++;
        return literal.toString();
    }

    void end() {
        blanks();
        if (at < text.length()) {
            throw wrong("unexpected '" + text.charAt(at) + "'");
        }
        if (calls > MOST_CALLS) {
            throw wrong("a field may have at most " + MOST_CALLS + " intrinsic functions, not " + calls);
        }
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("'" + text + "' is no intrinsic function call: " + what);
    }
}
