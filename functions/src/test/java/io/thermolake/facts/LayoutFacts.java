package io.thermolake.facts;

import io.thermolake.lake.LakeLayout;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The lake's layout: its constants, and each of its keys with {@code {}} for what differs, found by asking for one. */
final class LayoutFacts {
    private static final String HOLE = "{}";
    private static final String TIME = "2001-02-03T04:00:00Z";
    /** As many digits as the longest number of a key has, so that it looks the same with and without leading zeros. */
    private static final int NUMBER = 987_654_321;

    private LayoutFacts() {}

    static Map<String, String> constants() throws IllegalAccessException {
        Map<String, String> constants = new TreeMap<>();
        for (Field field : LakeLayout.class.getFields()) {
            if (field.getType() == String.class) {
                constants.put(field.getName(), (String) field.get(null));
            }
        }
        return constants;
    }

    static Map<String, String> keys() throws ReflectiveOperationException {
        Map<String, String> keys = new TreeMap<>();
        for (Method method : LakeLayout.class.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) && method.getReturnType() == String.class) {
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(LayoutFacts::sample)
                        .toArray();
                keys.put(method.getName(), holes((String) method.invoke(null, arguments)));
            }
        }
        return keys;
    }

    private static Object sample(Class<?> type) {
        if (type == String.class) {
            return HOLE;
        }
        if (type == int.class) {
            return NUMBER;
        }
        if (type == long.class) {
            return (long) NUMBER;
        }
        if (type == LocalDate.class) {
            return LocalDate.parse(TIME.substring(0, 10));
        }
        if (type == Instant.class) {
            return Instant.parse(TIME);
        }
        throw new IllegalStateException("a key of the layout is made of a " + type + "; give it a sample here");
    }

    private static String holes(String key) {
        return key.replace(TIME, HOLE)
                .replace(TIME.substring(0, 10), HOLE)
                .replace(String.valueOf(NUMBER), HOLE)
                .replaceAll("=(2001|02|03|04)/", "={}/");
    }
}
