package io.thermolake.asl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.thermolake.asl.internal.base.NumberText;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain Java: {@code Map<String, Object>} in the order of the text, {@code List<Object>}, {@code String}, {@code
 * Boolean}, {@code Long} for whole numbers, {@code Double} for others, and null.
 */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .setStrictness(Strictness.STRICT)
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .registerTypeAdapter(Double.class, new DoubleText())
            .create();
    private static final double LARGEST_EXACT = 9007199254740992.0;

    private Json() {}

    /** @throws IllegalArgumentException when the text is not one JSON value */
    public static @Nullable Object parse(String text) {
        try {
            if (text.isBlank()) {
                throw new IllegalArgumentException("not JSON: nothing is there");
            }
            return plain(GSON.fromJson(text, Object.class));
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("not JSON: " + reason(e), e);
        }
    }

    /** Gson's own words, without the advice to its own users that follows them. */
    private static String reason(JsonParseException e) {
        Throwable told = e.getCause() == null ? e : e.getCause();
        return String.valueOf(told.getMessage()).lines().findFirst().orElse("");
    }

    /** Compact JSON, without blanks. */
    public static String text(@Nullable Object value) {
        return GSON.toJson(value);
    }

    /** A double as JavaScript writes it, but 1.0 with its fraction: JSONPath tells it from 1 as AWS does. */
    private static final class DoubleText extends TypeAdapter<Double> {
        @Override
        public void write(JsonWriter out, @Nullable Double number) throws IOException {
            if (number == null || !Double.isFinite(number)) {
                out.value(number);
            } else {
                boolean whole = number == Math.rint(number) && Math.abs(number) < LARGEST_EXACT;
                out.jsonValue(whole ? number.toString() : NumberText.of(number));
            }
        }

        @Override
        public Double read(JsonReader in) throws IOException {
            return in.nextDouble();
        }
    }

    /** How many bytes the value's compact text has in UTF-8, which is what AWS's payload limit counts. */
    public static int bytes(String text) {
        // Most texts are ASCII, and then nothing needs to be copied.
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return text.getBytes(UTF_8).length;
            }
        }
        return text.length();
    }

    /** A deep copy in the plain form above, whatever kinds of maps, lists and numbers the value is made of. */
    public static @Nullable Object plain(@Nullable Object value) {
        return copy(
                value,
                number -> number instanceof Integer || number instanceof Short || number instanceof Byte
                        ? (Number) number.longValue()
                        : number instanceof Long ? number : (Number) number.doubleValue());
    }

    /** The same for what JSONata made, whose numbers know no difference between 1 and 1.0: it becomes 1. */
    public static @Nullable Object normal(@Nullable Object value) {
        return copy(value, number -> {
            double d = number.doubleValue();
            boolean whole = number instanceof Long || (d == Math.rint(d) && Math.abs(d) < LARGEST_EXACT);
            return whole ? (Number) number.longValue() : (Number) d;
        });
    }

    private static @Nullable Object copy(@Nullable Object value, UnaryOperator<Number> numbers) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), copy(v, numbers)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(v -> copy.add(copy(v, numbers)));
            return copy;
        }
        return value instanceof Number number ? numbers.apply(number) : value;
    }

    /** The value as an object, or an empty one when it is none. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : Map.of();
    }

    /** The value as a list, or an empty one when it is none. */
    public static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** Whether two values are the same JSON: numbers by what they are worth (1 is 1.0), objects in any order. */
    public static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return compare(x, y) == 0;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.size() == y.size()
                    && x.entrySet().stream()
                            .allMatch(e -> y.containsKey(e.getKey()) && same(e.getValue(), y.get(e.getKey())));
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            if (x.size() != y.size()) {
                return false;
            }
            for (int i = 0; i < x.size(); i++) {
                if (!same(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return a == null ? b == null : a.equals(b);
    }

    /** Orders two numbers exactly, whole or not. */
    public static int compare(Number a, Number b) {
        return a instanceof Long x && b instanceof Long y
                ? Long.compare(x, y)
                : new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
    }

    /** The value's JSON type: object, array, string, number, boolean or null. */
    public static String typeOf(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return "object";
        }
        if (value instanceof List<?>) {
            return "array";
        }
        return value instanceof String
                ? "string"
                : value instanceof Number ? "number" : value instanceof Boolean ? "boolean" : "null";
    }
}
