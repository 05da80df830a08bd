package io.thermolake.facts;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A type as JSON: its kind, and for what holds others, of what. Records and enums are named; their facts stand once. */
final class TypeShape {
    private static final Map<Class<?>, String> PLAIN = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(boolean.class, "flag"),
            Map.entry(Boolean.class, "flag"),
            Map.entry(int.class, "whole"),
            Map.entry(Integer.class, "whole"),
            Map.entry(long.class, "whole"),
            Map.entry(Long.class, "whole"),
            Map.entry(double.class, "number"),
            Map.entry(Double.class, "number"),
            Map.entry(Instant.class, "instant"),
            Map.entry(LocalDate.class, "date"),
            Map.entry(Duration.class, "duration"));

    private TypeShape() {}

    static Map<String, Object> of(Type type) {
        Map<String, Object> shape = new LinkedHashMap<>();
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Type[] arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw) || raw == Optional.class) {
                shape.put("kind", "list");
                shape.put("of", of(arguments[0]));
            } else if (Map.class.isAssignableFrom(raw)) {
                shape.put("kind", "map");
                shape.put("key", of(arguments[0]));
                shape.put("of", of(arguments[1]));
            } else {
                return of(raw);
            }
        } else if (type instanceof Class<?> plain) {
            boolean named = plain.isRecord() || plain.isEnum();
            shape.put("kind", plain.isRecord() ? "record" : plain.isEnum() ? "enum" : PLAIN.getOrDefault(plain, "any"));
            if (named) {
                shape.put("name", plain.getName());
            }
        } else {
            shape.put("kind", "any");
        }
        return shape;
    }
}
