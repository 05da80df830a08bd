package io.thermolake.asl.internal.value;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.path.JsonPath;
import io.thermolake.asl.internal.path.PathException;
import io.thermolake.asl.internal.path.PathExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A payload template of JSONPath: a member whose name ends with {@code .$} is a path or an intrinsic function. */
public final class Payload implements Value {
    private static final String MARK = ".$";

    /** Hears of what is wrong while a template is compiled: the message, and where, from the field on. */
    @FunctionalInterface
    public interface ProblemSink {
        void problem(String message, String location);
    }

    private final Value root;

    private Payload(Value root) {
        this.root = root;
    }

    public static Payload compile(@Nullable Object value, String location, ProblemSink problems) {
        return new Payload(node(value, location, problems));
    }

    private static Value node(@Nullable Object value, String location, ProblemSink problems) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Value> members = new LinkedHashMap<>();
            map.forEach((k, v) -> {
                String key = String.valueOf(k);
                String at = location + "/" + key;
                if (key.endsWith(MARK)) {
                    members.put(key.substring(0, key.length() - MARK.length()), expression(key, v, at, problems));
                } else {
                    members.put(key, node(v, at, problems));
                }
            });
            return Value.object(members);
        }
        if (value instanceof List<?> list) {
            List<Value> elements = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                elements.add(node(list.get(i), location + "[" + i + "]", problems));
            }
            return Value.array(elements);
        }
        return Value.literal(value);
    }

    private static Value expression(String key, @Nullable Object value, String location, ProblemSink problems) {
        try {
            if (value instanceof String text) {
                PathExpression expression = PathExpression.parse(text);
                return frame -> read(key, expression, frame);
            }
        } catch (IllegalArgumentException e) {
            // Told below, in AWS's words.
        }
        problems.problem(
                "The value for the field '" + key + "' must be a valid JSONPath or a valid intrinsic function call",
                location);
        return Value.literal(null);
    }

    private static @Nullable Object read(String key, PathExpression expression, Frame frame) {
        try {
            return expression.read(frame.roots());
        } catch (PathException e) {
            if (!(expression instanceof JsonPath path)) {
                throw StatesError.path(e, e.getMessage());
            }
            // Tried on AWS by others: past the end of an array a template reads null, an intrinsic fails.
            if (path.endsPastAnArray(frame.roots())) {
                return null;
            }
            Object searched = path.fromContext() ? frame.roots().context().get() : frame.document();
            throw StatesError.path(
                    e,
                    path.variable() != null
                            ? e.getMessage()
                            : "The JSONPath '" + path.text() + "' specified for the field '" + key
                                    + "' could not be found in the input '" + Json.text(searched) + "'");
        }
    }

    @Override
    public @Nullable Object get(Frame frame) {
        return root.get(frame);
    }
}
