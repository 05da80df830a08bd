package io.thermolake.asl.internal.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.OpenJsonata;
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
            Jsonata compiled = new OpenJsonata(text, Values.OPERATORS);
            compiled.setOutputConvertNulls(false);
            Functions.register(compiled);
            return new Expression(text, compiled);
        } catch (JException e) {
            throw new EvaluationException(JsonataMessages.words(e));
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
        Functions.bindTime(frame, System.currentTimeMillis());
        if (random) {
            Functions.bindRandom(frame, given.random());
        }
        // Each value is copied: only those that the expression names.
        given.variables().forEach((name, value) -> {
            if (text.contains("$" + name)) {
                frame.bind(name, LibraryForm.of(value));
            }
        });
        Map<String, @Nullable Object> states = new LinkedHashMap<>();
        if (context || text.contains("input")) {
            states.put("input", LibraryForm.of(given.input()));
        }
        if (context) {
            states.put("context", LibraryForm.of(given.context().get()));
        }
        given.more().forEach((name, value) -> {
            if (context || text.contains(name)) {
                states.put(name, LibraryForm.of(value));
            }
        });
        frame.bind("states", states);
        return frame;
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
        if (value instanceof Number number) {
            double d = number.doubleValue();
            // JSON has no word for infinities; AWS writes JavaScript's as a string.
            return Double.isNaN(d) ? "NaN" : Double.isFinite(d) ? (Object) d : d > 0 ? "Infinity" : "-Infinity";
        }
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        throw new EvaluationException("returned an unsupported result type.");
    }
}
