package io.thermolake.asl.internal.value;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.jsonata.Bindings;
import io.thermolake.asl.internal.jsonata.EvaluationException;
import io.thermolake.asl.internal.jsonata.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field's value with its JSONata expressions: a text of the form <code>{% … %}</code> is an expression, everything else
 * stands for itself.
 */
public final class Template implements Value {
    private final String location;
    private final Value root;

    private record Literal(@Nullable Object value) implements Value {
        @Override
        public @Nullable Object get(Frame frame) {
            return value;
        }
    }

    /** One expression, at its place in the state. */
    private record Part(Expression expression, String location) implements Value {
        String what() {
            return "The JSONata expression '" + expression.text() + "' specified for the field '" + location + "' ";
        }

        @Override
        public @Nullable Object get(Frame frame) {
            try {
                return expression.evaluate(new Bindings(
                        frame.input(),
                        frame.roots().context(),
                        frame.more(),
                        frame.roots().variables(),
                        frame.roots().random()));
            } catch (EvaluationException e) {
                throw StatesError.evaluation(what() + e.getMessage(), location);
            }
        }
    }

    private Template(String location, Value root) {
        this.location = location;
        this.root = root;
    }

    /**
     * @param location the field's place in its state, for error texts: {@code Choices[1]/Output}
     * @param problems hears of each expression that is not JSONata, with its location
     */
    public static Template compile(String location, @Nullable Object value, Payload.ProblemSink problems) {
        return new Template(location, node(value, location, problems));
    }

    private static Value node(@Nullable Object value, String location, Payload.ProblemSink problems) {
        if (value instanceof String text && isExpression(text)) {
            try {
                return new Part(Expression.parse(inside(text).strip()), location);
            } catch (EvaluationException e) {
                problems.problem(e.getMessage(), location);
                return new Literal(null);
            }
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Value> members = new LinkedHashMap<>();
            map.forEach((k, v) -> members.put(String.valueOf(k), node(v, location + "/" + k, problems)));
            return Value.object(members);
        }
        if (value instanceof List<?> list) {
            List<Value> elements = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                elements.add(node(list.get(i), location + "[" + i + "]", problems));
            }
            return Value.array(elements);
        }
        return new Literal(value);
    }

    public static boolean isExpression(String text) {
        return text.startsWith("{%") && text.endsWith("%}") && text.length() >= 4;
    }

    /** An expression without the marks around it. */
    public static String inside(String expression) {
        return expression.substring(2, expression.length() - 2);
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
        return root instanceof Literal literal ? literal.value : Json.normal(root.get(frame));
    }

    /** The same, and of one JSON type: {@code array}, {@code boolean}, {@code string}. */
    public @Nullable Object get(Frame frame, String expected) {
        Object value = get(frame);
        if (!Json.typeOf(value).equals(expected)) {
            throw unexpected(value, expected);
        }
        return value;
    }

    public StatesError unexpected(@Nullable Object value, String expected) {
        String what = root instanceof Part part ? part.what() : "The field '" + location + "' ";
        return StatesError.evaluation(
                what + "returned an unexpected result type. Expected '" + expected + "', but was '" + Json.typeOf(value)
                        + "' for value: " + Json.text(value),
                location);
    }
}
