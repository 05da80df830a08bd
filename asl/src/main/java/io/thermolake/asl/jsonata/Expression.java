package io.thermolake.asl.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An expression of JSONata with the functions that Step Functions adds, parsed once. Safe for any thread. */
public final class Expression {
    /** An expression that never ends must not hold an execution for ever. Of real time, whatever the engine's clock is. */
    private static final Duration LONGEST_EVALUATION = Duration.ofSeconds(10);

    private static final Pattern RANDOM = Pattern.compile("\\$(random|uuid)\\b");
    private static final Pattern CONTEXT = Pattern.compile("\\$states\\b(?!\\s*\\.\\s*(input|result|errorOutput)\\b)");

    private final String text;
    private final Jsonata compiled;
    /** Whether it may call what is not the same each time. */
    private final boolean random;
    /** Whether it may look at the context object, which is made for each state anew. */
    private final boolean context;

    private Expression(String text, Jsonata compiled) {
        this.text = text;
        this.compiled = compiled;
        this.random = RANDOM.matcher(text).find();
        this.context = CONTEXT.matcher(text).find();
    }

    /** @throws EvaluationException when it is no JSONata, in the library's words; whatever else its parser fails with */
    public static Expression parse(String text) {
        try {
            Jsonata compiled = Jsonata.jsonata(text);
            compiled.setOutputConvertNulls(false);
            Functions.register(compiled);
            return new Expression(text, compiled);
        } catch (JException e) {
            throw new EvaluationException(String.valueOf(e.getMessage()));
        }
    }

    public String text() {
        return text;
    }

    /**
     * @return plain Java, with JavaScript's words for numbers that JSON has none for
     * @throws EvaluationException with what is to be said after the expression: {@code returned nothing (undefined).}
     */
    public @Nullable Object evaluate(Bindings bindings) {
        Object result;
        // A compiled expression keeps its evaluation's state: one evaluation at a time.
        synchronized (compiled) {
            Jsonata.Frame frame = frame(bindings);
            try {
                result = compiled.evaluate(null, frame);
            } catch (RuntimeException e) {
                throw new EvaluationException("threw an error during evaluation. " + JsonataMessages.of(e));
            } catch (StackOverflowError e) {
                throw new EvaluationException("threw an error during evaluation. Stack overflow error: the expression"
                        + " calls itself too deeply");
            }
        }
        if (result == null) {
            throw new EvaluationException("returned nothing (undefined).");
        }
        return plain(result);
    }

    private Jsonata.Frame frame(Bindings given) {
        Jsonata.Frame frame = compiled.createFrame();
        frame.setRuntimeBounds(LONGEST_EVALUATION.toMillis(), Integer.MAX_VALUE);
        if (random) {
            Functions.bindRandom(frame, given.random());
        }
        given.variables().forEach((name, value) -> frame.bind(name, bound(value)));
        Map<String, @Nullable Object> states = new LinkedHashMap<>();
        states.put("input", bound(given.input()));
        if (context) {
            states.put("context", given.context().get());
        }
        given.more().forEach((name, value) -> states.put(name, bound(value)));
        frame.bind("states", states);
        return frame;
    }

    /** To JSONata a Java null is undefined: JSON's null has a value of its own. */
    private static Object bound(@Nullable Object value) {
        return value == null ? Jsonata.NULL_VALUE : value;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value == Jsonata.NULL_VALUE) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            map.forEach((k, v) -> out.put(String.valueOf(k), plain(v)));
            return out;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> out = new ArrayList<>();
            for (Object v : list) {
                out.add(plain(v));
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
        throw new EvaluationException("returned an unsupported result type.");
    }
}
