package io.thermolake.asl.internal.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.thermolake.asl.Json;
import io.thermolake.asl.internal.base.Hashing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The functions that Step Functions adds to JSONata, and the one that it takes away (AWS, "Transforming data with
 * JSONata"): partition, range, hash, random, uuid, parse; eval is refused. Numbers are cut to whole ones towards zero,
 * and an argument that makes no sense gives undefined, which fails the field, not the function.
 */
final class Functions {
    /** AWS's bound: one element more is refused. */
    private static final long LARGEST_RANGE = 360_145;

    private Functions() {}

    /** Made once: each reads its signature anew when it is made, which costs more than most expressions. */
    private static final Map<String, LibraryFunction> PURE = Map.of(
            "partition",
                    new LibraryFunction(
                            "partition", "<an:a>", 2, args -> partition((List<?>) args[0], (Number) args[1])),
            "range",
                    new LibraryFunction(
                            "range", "<nnn:x>", 3, args -> range((Number) args[0], (Number) args[1], (Number) args[2])),
            "hash", new LibraryFunction("hash", "<ss:s>", 2, args -> hash((String) args[0], (String) args[1])),
            "parse", new LibraryFunction("parse", "<s-:x>", 1, args -> parse((String) args[0])),
            "eval", new LibraryFunction("eval", "<x:x>", 1, args -> eval()));

    /** Into an expression, for all its evaluations. */
    static void register(Jsonata expression) {
        PURE.forEach(expression::registerFunction);
        JsonataRepairs.FUNCTIONS.forEach(expression::registerFunction);
        TextRepairs.FUNCTIONS.forEach(expression::registerFunction);
    }

    /** Those that are not the same each time. */
    static void bindRandom(Jsonata.Frame frame, RandomGenerator random) {
        frame.bind("random", new LibraryFunction("random", "<x?:n>", 1, args -> random(args[0], random)));
        frame.bind("uuid", new LibraryFunction("uuid", "<:s>", 0, args -> Hashing.uuid(random)));
    }

    /** The library's own tell the time of whatever expression its thread parsed last. */
    static void bindTime(Jsonata.Frame frame, long now) {
        frame.bind("millis", new LibraryFunction("millis", "<:n>", 0, args -> now));
        frame.bind(
                "now",
                new LibraryFunction(
                        "now",
                        "<s?s?:s>",
                        2,
                        args -> JsonataRepairs.fromMillis(now, (String) args[0], (String) args[1])));
    }

    private static @Nullable Object partition(@Nullable List<?> list, @Nullable Number size) {
        int each = size == null ? 0 : size.intValue();
        if (list == null || list.isEmpty() || each < 1) {
            return null;
        }
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < list.size(); i += each) {
            parts.add(new ArrayList<>(list.subList(i, Math.min(list.size(), i + each))));
        }
        return parts;
    }

    private static @Nullable Object range(@Nullable Number first, @Nullable Number last, @Nullable Number step) {
        if (first == null || last == null || step == null || step.longValue() == 0) {
            return null;
        }
        long from = first.longValue();
        long to = last.longValue();
        long by = step.longValue();
        if (from != to && to > from != by > 0) {
            return null;
        }
        long count = (to - from) / by + 1;
        if (count > LARGEST_RANGE) {
            throw new EvaluationException("Expression evaluation memory limit exceeded");
        }
        List<Object> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            values.add(LibraryForm.number(from + i * by));
        }
        return values.size() == 1 ? values.get(0) : values;
    }

    private static @Nullable Object hash(@Nullable String text, @Nullable String algorithm) {
        try {
            return text == null || algorithm == null ? null : Hashing.hex(text, algorithm);
        } catch (IllegalArgumentException e) {
            throw new EvaluationException(String.valueOf(e.getMessage()));
        }
    }

    private static Object random(@Nullable Object seed, RandomGenerator random) {
        return seed instanceof Number number ? new Random(number.longValue()).nextDouble() : random.nextDouble();
    }

    private static @Nullable Object parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LibraryForm.of(Json.parse(text));
        } catch (IllegalArgumentException e) {
            throw new EvaluationException(String.valueOf(e.getMessage()));
        }
    }

    private static Object eval() {
        // AWS has no such function; JSONata's words for calling what is none.
        throw new JException("T1006", 0);
    }
}
