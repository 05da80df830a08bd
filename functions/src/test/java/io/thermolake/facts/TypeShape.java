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
import java.util.Set;

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

    private static final Set<String> NAMED = Set.of("record", "enum", "event");

    /** AWS's own classes of its services' events: their spelling is not their fields', so they are told by name alone. */
    private static final String EVENTS = "com.amazonaws.services.lambda.runtime.events";

    private TypeShape() {}

    private static String kind(Class<?> plain) {
        if (plain.isRecord()) {
            return "record";
        }
        if (plain.isEnum()) {
            return "enum";
        }
        return plain.getPackageName().equals(EVENTS) ? "event" : PLAIN.getOrDefault(plain, "any");
    }

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
            String kind = kind(plain);
            shape.put("kind", kind);
            if (NAMED.contains(kind)) {
                shape.put("name", kind.equals("event") ? plain.getSimpleName() : plain.getName());
            }
        } else {
            shape.put("kind", "any");
        }
        return shape;
    }
}
