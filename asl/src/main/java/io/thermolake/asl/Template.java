package io.thermolake.asl;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A field's value with its JSONata expressions, parsed once: a text of the form <code>{% … %}</code> is an expression,
 * everything else stands for itself.
 */
final class Template implements Value {
    /** An expression that never ends must not hold an execution for ever. Of real time, whatever the engine's clock is. */
    private static final Duration LONGEST_EVALUATION = Duration.ofSeconds(10);

    private sealed interface Node {}

    private record Literal(@Nullable Object value) implements Node {}

    /**
     * @param random whether it may call what is not the same each time
     * @param context whether it may look at the context object, which is made for each state anew
     */
    private record Expression(String text, Jsonata compiled, String location, boolean random, boolean context)
            implements Node {
        private static final Pattern RANDOM = Pattern.compile("\\$(random|uuid)\\b");
        private static final Pattern CONTEXT =
                Pattern.compile("\\$states\\b(?!\\s*\\.\\s*(input|result|errorOutput)\\b)");

        Expression(String text, Jsonata compiled, String location) {
            this(
                    text,
                    compiled,
                    location,
                    RANDOM.matcher(text).find(),
                    CONTEXT.matcher(text).find());
        }

        String what() {
            return "The JSONata expression '" + text + "' specified for the field '" + location + "' ";
        }
    }

    private record Members(Map<String, Node> members) implements Node {}

    private record Elements(List<Node> elements) implements Node {}

    private final String location;
    private final Node root;

    private Template(String location, Node root) {
        this.location = location;
        this.root = root;
    }

    /**
     * @param location the field's place in its state, for error texts: {@code Choices[1]/Output}
     * @param problems hears of each expression that is not JSONata, with its location
     */
    static Template compile(String location, @Nullable Object value, Payload.Problems problems) {
        return new Template(location, node(value, location, problems));
    }

    private static Node node(@Nullable Object value, String location, Payload.Problems problems) {
        if (value instanceof String text && isExpression(text)) {
            String source = text.substring(2, text.length() - 2).strip();
            try {
                Jsonata compiled = Jsonata.jsonata(source);
                compiled.setOutputConvertNulls(false);
                Functions.register(compiled);
                return new Expression(source, compiled, location);
            } catch (JException e) {
                problems.problem(String.valueOf(e.getMessage()), location);
                return new Literal(null);
            }
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Node> members = new LinkedHashMap<>();
            map.forEach((k, v) -> members.put(String.valueOf(k), node(v, location + "/" + k, problems)));
            return new Members(members);
        }
        if (value instanceof List<?> list) {
            List<Node> elements = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                elements.add(node(list.get(i), location + "[" + i + "]", problems));
            }
            return new Elements(elements);
        }
        return new Literal(value);
    }

    static boolean isExpression(String text) {
        return text.startsWith("{%") && text.endsWith("%}") && text.length() >= 4;
    }

    String location() {
        return location;
    }

    /**
     * @return the value with every expression replaced by its result
     * @throws StatesError {@code States.QueryEvaluationError} when an expression throws or yields nothing
     */
    @Override
    public @Nullable Object get(Frame frame) {
        return root instanceof Literal literal ? literal.value : Json.normal(evaluate(root, frame));
    }

    /** The same, and of one JSON type: {@code array}, {@code boolean}, {@code string}. */
    @Nullable
    Object get(Frame frame, String expected) {
        Object value = get(frame);
        if (!Json.typeOf(value).equals(expected)) {
            throw unexpected(value, expected);
        }
        return value;
    }

    StatesError unexpected(@Nullable Object value, String expected) {
        String what = root instanceof Expression expression ? expression.what() : "The field '" + location + "' ";
        return StatesError.evaluation(
                what + "returned an unexpected result type. Expected '" + expected + "', but was '" + Json.typeOf(value)
                        + "' for value: " + Json.text(value),
                location);
    }

    private static @Nullable Object evaluate(Node node, Frame frame) {
        if (node instanceof Literal literal) {
            return literal.value;
        }
        if (node instanceof Expression expression) {
            return evaluate(expression, frame);
        }
        if (node instanceof Members members) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            members.members.forEach((k, v) -> out.put(k, evaluate(v, frame)));
            return out;
        }
        List<@Nullable Object> out = new ArrayList<>();
        ((Elements) node).elements.forEach(e -> out.add(evaluate(e, frame)));
        return out;
    }

    private static @Nullable Object evaluate(Expression expression, Frame frame) {
        Object result;
        // A compiled expression keeps its evaluation's state: one evaluation at a time.
        synchronized (expression.compiled) {
            Jsonata.Frame bindings = expression.compiled.createFrame();
            bindings.setRuntimeBounds(LONGEST_EVALUATION.toMillis(), Integer.MAX_VALUE);
            if (expression.random) {
                Functions.bindRandom(bindings, frame.roots().random());
            }
            frame.roots().variables().forEach((name, value) -> bindings.bind(name, bound(value)));
            Map<String, @Nullable Object> states = new LinkedHashMap<>();
            states.put("input", bound(frame.input()));
            if (expression.context) {
                states.put("context", frame.roots().context().get());
            }
            frame.more().forEach((name, value) -> states.put(name, bound(value)));
            bindings.bind("states", states);
            try {
                result = expression.compiled.evaluate(null, bindings);
            } catch (StatesError e) {
                throw e;
            } catch (RuntimeException e) {
                throw StatesError.evaluation(
                        expression.what() + "threw an error during evaluation. " + JsonataRepairs.message(e),
                        expression.location);
            } catch (StackOverflowError e) {
                throw StatesError.evaluation(
                        expression.what() + "threw an error during evaluation. Stack overflow error: the expression"
                                + " calls itself too deeply",
                        expression.location);
            }
        }
        if (result == null) {
            throw StatesError.evaluation(expression.what() + "returned nothing (undefined).", expression.location);
        }
        return plain(result, expression);
    }

    /** To JSONata a Java null is undefined: JSON's null has a value of its own. */
    private static Object bound(@Nullable Object value) {
        return value == null ? Jsonata.NULL_VALUE : value;
    }

    private static @Nullable Object plain(@Nullable Object value, Expression expression) {
        if (value == null || value == Jsonata.NULL_VALUE) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            map.forEach((k, v) -> out.put(String.valueOf(k), plain(v, expression)));
            return out;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> out = new ArrayList<>();
            for (Object v : list) {
                out.add(plain(v, expression));
            }
            return out;
        }
        if (value instanceof Double d && !Double.isFinite(d)) {
            // JSON has no word for it; AWS writes JavaScript's as a string.
            return d.isNaN() ? "NaN" : d > 0 ? "Infinity" : "-Infinity";
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        throw StatesError.evaluation(expression.what() + "returned an unsupported result type.", expression.location);
    }
}
