package io.thermolake.asl;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field's value with its JSONata expressions, parsed once: a text of the form <code>{% … %}</code> is an expression,
 * everything else stands for itself.
 */
final class Template {
    private sealed interface Node {}

    private record Literal(@Nullable Object value) implements Node {}

    private record Expression(String text, Jsonata compiled, String location) implements Node {}

    private record Members(Map<String, Node> members) implements Node {}

    private record Elements(List<Node> elements) implements Node {}

    private final String field;
    private final Node root;

    /**
     * @param field the field's name, for error texts
     * @throws IllegalArgumentException when an expression is not JSONata
     */
    Template(String field, @Nullable Object value) {
        this.field = field;
        this.root = compile(value, field);
    }

    private static Node compile(@Nullable Object value, String location) {
        if (value instanceof String text && isExpression(text)) {
            String source = text.substring(2, text.length() - 2).strip();
            try {
                Jsonata compiled = Jsonata.jsonata(source);
                compiled.setOutputConvertNulls(false);
                return new Expression(source, compiled, location);
            } catch (JException e) {
                throw new IllegalArgumentException(location + ": " + e.getMessage(), e);
            }
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Node> members = new LinkedHashMap<>();
            map.forEach((k, v) -> members.put(String.valueOf(k), compile(v, location + "/" + k)));
            return new Members(members);
        }
        if (value instanceof List<?> list) {
            List<Node> elements = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                elements.add(compile(list.get(i), location + "/" + i));
            }
            return new Elements(elements);
        }
        return new Literal(value);
    }

    static boolean isExpression(String text) {
        return text.startsWith("{%") && text.endsWith("%}") && text.length() >= 4;
    }

    String field() {
        return field;
    }

    /**
     * @return the value with every expression replaced by its result
     * @throws StatesError {@code States.QueryEvaluationError} when an expression throws or yields nothing
     */
    @Nullable
    Object evaluate(Bindings bindings) {
        return Json.normal(evaluate(root, bindings));
    }

    private static @Nullable Object evaluate(Node node, Bindings bindings) {
        if (node instanceof Literal literal) {
            return literal.value;
        }
        if (node instanceof Expression expression) {
            return evaluate(expression, bindings);
        }
        if (node instanceof Members members) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            members.members.forEach((k, v) -> out.put(k, evaluate(v, bindings)));
            return out;
        }
        List<@Nullable Object> out = new ArrayList<>();
        ((Elements) node).elements.forEach(e -> out.add(evaluate(e, bindings)));
        return out;
    }

    private static @Nullable Object evaluate(Expression expression, Bindings bindings) {
        Object result;
        String what = "The JSONata expression '%s' specified for the field '%s' "
                .formatted(expression.text, expression.location);
        // A compiled expression keeps its evaluation's state: one evaluation at a time.
        synchronized (expression.compiled) {
            Jsonata.Frame frame = expression.compiled.createFrame();
            Functions.bind(frame, bindings.random());
            bindings.values().forEach((name, value) -> frame.bind(name, value == null ? Jsonata.NULL_VALUE : value));
            try {
                result = expression.compiled.evaluate(null, frame);
            } catch (StatesError e) {
                throw e;
            } catch (RuntimeException e) {
                String code = e instanceof JException j && j.getError() != null ? j.getError() + ": " : "";
                throw new StatesError(
                        StatesError.QUERY,
                        what + "threw an error during evaluation. " + code + e.getMessage(),
                        expression.location);
            }
            if (result == null) {
                throw new StatesError(StatesError.QUERY, what + "returned nothing (undefined).", expression.location);
            }
            return plain(result, what, expression.location);
        }
    }

    private static @Nullable Object plain(@Nullable Object value, String what, String location) {
        if (value == null || value == Jsonata.NULL_VALUE) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            map.forEach((k, v) -> out.put(String.valueOf(k), plain(v, what, location)));
            return out;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> out = new ArrayList<>();
            for (Object v : list) {
                out.add(plain(v, what, location));
            }
            return out;
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        throw new StatesError(StatesError.QUERY, what + "returned an unsupported result type.", location);
    }
}
