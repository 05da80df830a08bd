package io.thermolake.asl.internal.check;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.jsonata.References;
import io.thermolake.asl.internal.path.Intrinsic;
import io.thermolake.asl.internal.path.JsonPath;
import io.thermolake.asl.internal.path.PathExpression;
import io.thermolake.asl.internal.value.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which variables a state reads and assigns, as far as its text tells. */
public final class Variables {
    public static final int LONGEST_NAME = 80;
    /** The scopes inside a state say for themselves what they read. */
    private static final Set<String> INNER = Set.of("Branches", "ItemProcessor", "Iterator", "Comment", "Result");

    private Variables() {}

    /** The names in every Assign of the state. */
    static Set<String> assigned(Map<String, ?> state) {
        Set<String> names = new TreeSet<>(names(state));
        for (String field : List.of("Choices", "Catch")) {
            Json.list(state.get(field)).forEach(each -> names.addAll(names(Json.object(each))));
        }
        return names;
    }

    /** The names in one Assign. */
    static Set<String> names(Map<String, ?> json) {
        Set<String> names = new TreeSet<>();
        Json.object(json.get("Assign")).keySet().forEach(name -> names.add(name(name, false)));
        return names;
    }

    /** A variable's name in an Assign, in JSONPath without the mark of a path. */
    public static String name(String key, boolean jsonata) {
        return !jsonata && key.endsWith(".$") ? key.substring(0, key.length() - 2) : key;
    }

    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && Character.isUnicodeIdentifierStart(name.codePointAt(0))
                && name.codePoints()
                        .allMatch(c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    /** The variables in the state's own expressions or paths. */
    static Set<String> read(Map<String, @Nullable Object> state, boolean jsonata) {
        return collected(state, jsonata, false);
    }

    /** Those of them whose presence the state asks for: in {@code $exists}, or by IsPresent. */
    static Set<String> tested(Map<String, @Nullable Object> state, boolean jsonata) {
        return collected(state, jsonata, true);
    }

    private static Set<String> collected(Map<String, @Nullable Object> state, boolean jsonata, boolean tested) {
        Set<String> names = new TreeSet<>();
        state.forEach((field, value) -> {
            if (!INNER.contains(field)) {
                collect(field, value, jsonata, tested, names);
            }
        });
        return names;
    }

    private static void collect(
            String key, @Nullable Object value, boolean jsonata, boolean tested, Set<String> names) {
        if (value instanceof Map<?, ?> map) {
            boolean passed = !tested || jsonata || map.containsKey("IsPresent") || !map.containsKey("Variable");
            if (passed) {
                map.forEach((k, v) -> collect(String.valueOf(k), v, jsonata, tested, names));
            }
        } else if (value instanceof List<?> list) {
            list.forEach(v -> collect("", v, jsonata, tested, names));
        } else if (value instanceof String text) {
            if (jsonata && Template.isExpression(text)) {
                References references = References.of(Template.inside(text));
                names.addAll(tested ? references.tested() : references.variables());
            } else if (!jsonata && (tested ? key.equals("Variable") : isPath(key))) {
                names.addAll(inPath(text));
            }
        }
    }

    private static boolean isPath(String key) {
        return key.endsWith(".$") || key.endsWith("Path") || key.equals("Variable");
    }

    private static Set<String> inPath(String text) {
        Set<String> names = new TreeSet<>();
        try {
            PathExpression expression = PathExpression.parse(text);
            List<JsonPath> paths =
                    expression instanceof Intrinsic intrinsic ? intrinsic.paths() : List.of((JsonPath) expression);
            paths.forEach(path -> {
                if (path.variable() != null) {
                    names.add(path.variable());
                }
            });
        } catch (IllegalArgumentException e) {
            // No path; whoever compiles the field says so.
        }
        return names;
    }
}
