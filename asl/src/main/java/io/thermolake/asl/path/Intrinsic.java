package io.thermolake.asl.path;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call of an intrinsic function, {@code States.Format('Hello {}', $.name)}, parsed once; calls may be nested. */
public final class Intrinsic implements PathExpression {
    /** An argument: a literal, a path, or another call. */
    private sealed interface Argument {
        record Literal(@Nullable Object value) implements Argument {}

        record Expression(PathExpression expression) implements Argument {}
    }

    /** AWS's bound for one field; its guide counts all calls in it, not how deep they lie. */
    private static final int MOST_CALLS = 10;

    private final String text;
    private final IntrinsicFunction function;
    private final List<Argument> arguments;

    private Intrinsic(String text, IntrinsicFunction function, List<Argument> arguments) {
        this.text = text;
        this.function = function;
        this.arguments = arguments;
    }

    /** @throws IllegalArgumentException when the text is no call of a known function */
    public static Intrinsic parse(String text) {
        Parser parser = new Parser(text);
        Intrinsic call = parser.call();
        parser.end();
        return call;
    }

    @Override
    public String text() {
        return text;
    }

    /** The paths among the arguments, nested calls included. */
    public List<JsonPath> paths() {
        List<JsonPath> paths = new ArrayList<>();
        for (Argument argument : arguments) {
            if (argument instanceof Argument.Expression e) {
                if (e.expression instanceof JsonPath path) {
                    paths.add(path);
                } else {
                    paths.addAll(((Intrinsic) e.expression).paths());
                }
            }
        }
        return paths;
    }

    /**
     * {@inheritDoc}
     *
     * @throws PathException NOT_FOUND when a path among the arguments leads nowhere, INTRINSIC when the function refuses
     *     its arguments; the message names the whole expression, as AWS's does
     */
    @Override
    public @Nullable Object read(Roots roots) {
        try {
            return call(roots);
        } catch (PathException e) {
            throw new PathException(e.kind(), "The function '" + text + "' had the following error: " + e.getMessage());
        }
    }

    private @Nullable Object call(Roots roots) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Argument argument : arguments) {
            if (argument instanceof Argument.Literal literal) {
                values.add(literal.value);
            } else {
                PathExpression expression = ((Argument.Expression) argument).expression;
                values.add(
                        expression instanceof Intrinsic nested
                                ? nested.call(roots)
                                : path((JsonPath) expression, roots));
            }
        }
        return function.apply(values, roots.random());
    }

    private static @Nullable Object path(JsonPath path, Roots roots) {
        try {
            return path.read(roots);
        } catch (PathException e) {
            if (e.getMessage().startsWith("Filter: ") || path.variable() != null) {
                throw e;
            }
            // A path into the context object is reported rewritten, together with the state's input.
            String shown = path.fromContext() ? path.text().substring(1) : path.text();
            throw new PathException(
                    PathException.Kind.NOT_FOUND,
                    "The JsonPath argument for the field '" + shown + "' could not be found in the input '"
                            + Json.text(roots.document()) + "'");
        }
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class Parser {
        private final String text;
        private int at;
        private int calls;

        Parser(String text) {
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
            List<Argument> arguments = new ArrayList<>();
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

        private Argument argument() {
            if (peek('\'')) {
                return new Argument.Literal(quoted());
            }
            if (text.startsWith("States.", at)) {
                return new Argument.Expression(call());
            }
            int start = at;
            if (peek('$')) {
                pathEnd();
                return new Argument.Expression(JsonPath.parse(text.substring(start, at)));
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
                return new Argument.Literal(value);
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
}
