package io.thermolake.asl;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain Java: {@code Map<String, Object>} in the order of the text, {@code List<Object>}, {@code String}, {@code
 * Boolean}, {@code Long} for whole numbers, {@code Double} for others, and null.
 */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();
    private static final double LARGEST_EXACT = 9007199254740992.0;

    private Json() {}

    /** @throws IllegalArgumentException when the text is not one JSON value */
    public static @Nullable Object parse(String text) {
        try {
            return normal(GSON.fromJson(text, Object.class));
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        }
    }

    /** Compact JSON, without blanks. */
    public static String text(@Nullable Object value) {
        return GSON.toJson(value);
    }

    /** A deep copy in the plain form above: what an expression library made of numbers and lists becomes ours. */
    public static @Nullable Object normal(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), normal(v)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(v -> copy.add(normal(v)));
            return copy;
        }
        if (value instanceof Number number && !(value instanceof Long)) {
            double d = number.doubleValue();
            return d == Math.rint(d) && Math.abs(d) < LARGEST_EXACT ? (Object) (long) d : (Object) d;
        }
        return value;
    }

    /** The value as an object, or an empty one when it is none. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : Map.of();
    }
}
