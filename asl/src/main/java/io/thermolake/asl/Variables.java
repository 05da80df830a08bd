package io.thermolake.asl;

import io.thermolake.asl.path.Intrinsic;
import io.thermolake.asl.path.JsonPath;
import io.thermolake.asl.path.PathExpression;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which variables a state reads and assigns, as far as its text tells. */
final class Variables {
    /** What JSONata itself binds; a function's name is followed by a bracket and is no variable here. */
    private static final Pattern USED = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*+)(?!\\s*+\\()");

    private static final Pattern BOUND = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)\\s*:=");
    private static final Pattern PARAMETERS = Pattern.compile("(?:function|λ)\\s*\\(([^)]*)\\)");
    static final Pattern NOT_CODE =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|/\\*.*?\\*/", Pattern.DOTALL);
    /** The scopes inside a state say for themselves what they read. */
    static final Set<String> INNER = Set.of("Branches", "ItemProcessor", "Iterator", "Comment", "Result");

    private Variables() {}

    /** The names in every Assign of the state. */
    static Set<String> assigned(Map<String, ?> state) {
        Set<String> names = new TreeSet<>(names(state));
        for (String field : List.of("Choices", "Catch")) {
            Json.list(state.get(field)).forEach(each -> names.addAll(names(Json.object(each))));
        }
        return names;
    }

    private static Set<String> names(Map<String, ?> json) {
        Set<String> names = new TreeSet<>();
        Json.object(json.get("Assign"))
                .keySet()
                .forEach(name -> names.add(name.endsWith(".$") ? name.substring(0, name.length() - 2) : name));
        return names;
    }

    /** The variables in the state's own expressions or paths. */
    static Set<String> read(Map<String, @Nullable Object> state, boolean jsonata) {
        Set<String> names = new TreeSet<>();
        state.forEach((field, value) -> {
            if (!INNER.contains(field)) {
                collect(field, value, jsonata, names);
            }
        });
        return names;
    }

    private static void collect(String key, @Nullable Object value, boolean jsonata, Set<String> names) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> collect(String.valueOf(k), v, jsonata, names));
        } else if (value instanceof List<?> list) {
            list.forEach(v -> collect("", v, jsonata, names));
        } else if (value instanceof String text) {
            if (jsonata && Template.isExpression(text)) {
                names.addAll(inExpression(text.substring(2, text.length() - 2)));
            } else if (!jsonata && (key.endsWith(".$") || key.endsWith("Path") || key.equals("Variable"))) {
                names.addAll(inPath(text));
            }
        }
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

    private static Set<String> inExpression(String expression) {
        String code = NOT_CODE.matcher(expression).replaceAll("\"\"");
        Set<String> names = new TreeSet<>();
        matches(USED, code, names);
        Set<String> own = new TreeSet<>(List.of("states"));
        matches(BOUND, code, own);
        Matcher parameters = PARAMETERS.matcher(code);
        while (parameters.find()) {
            matches(USED, parameters.group(1), own);
        }
        names.removeAll(own);
        names.removeIf(JSONATA::contains);
        return names;
    }

    private static void matches(Pattern pattern, String code, Set<String> names) {
        Matcher matcher = pattern.matcher(code);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
    }

    /** JSONata's functions may be named without a call: {@code $map(list, $uppercase)}. */
    private static final Set<String> JSONATA = Set.of(
            "abs",
            "append",
            "assert",
            "average",
            "base64decode",
            "base64encode",
            "boolean",
            "ceil",
            "contains",
            "count",
            "decodeUrl",
            "decodeUrlComponent",
            "distinct",
            "each",
            "encodeUrl",
            "encodeUrlComponent",
            "error",
            "eval",
            "exists",
            "filter",
            "floor",
            "formatBase",
            "formatInteger",
            "formatNumber",
            "fromMillis",
            "hash",
            "join",
            "keys",
            "length",
            "lookup",
            "lowercase",
            "map",
            "match",
            "max",
            "merge",
            "millis",
            "min",
            "not",
            "now",
            "number",
            "pad",
            "parse",
            "parseInteger",
            "partition",
            "power",
            "random",
            "range",
            "reduce",
            "replace",
            "reverse",
            "round",
            "shuffle",
            "sift",
            "single",
            "sort",
            "split",
            "spread",
            "sqrt",
            "string",
            "substring",
            "substringAfter",
            "substringBefore",
            "sum",
            "toMillis",
            "trim",
            "type",
            "uppercase",
            "uuid",
            "zip");
}
