package io.thermolake.asl;

import io.thermolake.asl.path.JsonPath;
import io.thermolake.asl.path.PathExpression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object of a definition while it is compiled: its members, where it is, in which query language, and where problems go.
 *
 * @param at the object's location in the definition
 * @param field its place in its state, for the error texts of expressions; empty for the state itself
 */
record Fields(Map<String, @Nullable Object> json, String at, String field, boolean jsonata, Problems problems) {
    /** An object below this one. */
    Fields inner(Object value, String name) {
        return new Fields(Json.object(value), at + "/" + name, below(name), jsonata, problems);
    }

    private String below(String name) {
        return field.isEmpty() ? name : field + "/" + name;
    }

    boolean has(String name) {
        return json.containsKey(name);
    }

    @Nullable
    Object get(String name) {
        return json.get(name);
    }

    /** The object under a name, or an empty one. */
    Fields object(String name) {
        if (has(name) && !(get(name) instanceof Map<?, ?>)) {
            problems.schema("Expected value of type [OBJECT]", at + "/" + name);
        }
        return inner(Json.object(get(name)), name);
    }

    /** The objects of a list under a name. */
    List<Fields> objects(String name) {
        if (has(name) && !(get(name) instanceof List<?>)) {
            problems.schema("Expected value of type [ARRAY]", at + "/" + name);
        }
        List<?> all = Json.list(get(name));
        return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
                .map(i -> inner(Json.object(all.get(i)), name + "[" + i + "]"))
                .toList();
    }

    @Nullable
    String text(String name) {
        Object value = get(name);
        if (value != null && !(value instanceof String)) {
            problems.schema("Expected value of type [STRING]", at + "/" + name);
            return null;
        }
        return (String) value;
    }

    void required(String... names) {
        List<String> missing = Stream.of(names).filter(name -> !has(name)).toList();
        if (!missing.isEmpty()) {
            problems.schema("These fields are required: " + missing, at.isEmpty() ? "/" : at);
        }
    }

    void known(Set<String> allowed) {
        json.keySet().stream()
                .filter(name -> !allowed.contains(name))
                .forEach(name -> problems.schema("Field '" + name + "' is not supported", at.isEmpty() ? "/" : at));
    }

    /** A payload or a template, whichever the language has; null where the field is not there. */
    @Nullable
    Value template(String name) {
        if (!has(name)) {
            return null;
        }
        return jsonata
                ? Template.compile(below(name), get(name), expressionProblems())
                : Payload.compile(get(name), at + "/" + name, problems::schema);
    }

    /** {@code Assign}: an object whose members are variables, in JSONata an expression of one as well; null without. */
    @Nullable
    Value assign() {
        Object given = get("Assign");
        boolean expression = jsonata && given instanceof String text && Template.isExpression(text);
        if (has("Assign") && !expression && !(given instanceof Map<?, ?>)) {
            problems.schema("Expected value of type [OBJECT]", at + "/Assign");
        }
        return template("Assign");
    }

    /** A literal, in JSONata an expression as well. */
    @Nullable
    Value literal(String name) {
        return jsonata ? template(name) : has(name) ? Value.literal(get(name)) : null;
    }

    private Payload.Problems expressionProblems() {
        String root = at.substring(0, at.length() - field.length());
        String prefix = root.endsWith("/") ? root : root + "/";
        return (message, location) -> problems.error("INVALID_JSONATA_EXPRESSION", message, prefix + location);
    }

    /** A path, or null where the field is not there. */
    @Nullable
    PathField path(String name, PathField.Wording wording, boolean intrinsics) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return new PathField(name, intrinsics ? PathExpression.parse(text) : JsonPath.parse(text), wording);
        } catch (IllegalArgumentException e) {
            problems.schema("Value is not a valid JSONPath. " + e.getMessage(), at + "/" + name);
            return null;
        }
    }

    /** {@code Name}, or {@code NamePath} where JSONPath allows it; null where neither is there. */
    @Nullable
    NumberField number(String name) {
        if (!jsonata && has(name + "Path")) {
            if (has(name)) {
                problems.schema("You cannot specify both " + name + " and " + name + "Path", at);
            }
            PathField path = path(name + "Path", PathField.Wording.INVALID_PATH, false);
            return path == null ? null : new NumberField(name + "Path", path);
        }
        if (!has(name)) {
            return null;
        }
        Object value = get(name);
        boolean expression = jsonata && value instanceof String text && Template.isExpression(text);
        // The one number that may have decimals.
        boolean whole = !name.equals("ToleratedFailurePercentage");
        if (!expression
                && !(value instanceof Number number && number.doubleValue() >= 0 && (!whole || isWhole(number)))) {
            problems.schema(
                    "Expected value of type [" + (whole ? "INTEGER" : "NUMBER") + "] that is not negative",
                    at + "/" + name);
            return null;
        }
        return new NumberField(name, java.util.Objects.requireNonNull(literal(name)));
    }

    private static boolean isWhole(Number number) {
        return number.doubleValue() == Math.rint(number.doubleValue());
    }

    NumberField number(String name, long otherwise) {
        NumberField given = number(name);
        return given == null ? new NumberField(name, Value.literal(otherwise), false) : given;
    }

    /** A literal number within bounds. */
    double bounded(String name, double otherwise, double least, double most) {
        Object value = get(name);
        if (!has(name)) {
            return otherwise;
        }
        if (value instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        problems.schema(
                "The field '" + name + "' should be a number from " + shown(least) + " to " + shown(most),
                at + "/" + name);
        return otherwise;
    }

    private static String shown(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }

    /** The names of a list of strings. */
    List<String> texts(String name) {
        return Json.list(get(name)).stream().map(String::valueOf).toList();
    }

    /** The members without those that say nothing to the engine. */
    Map<String, @Nullable Object> without(Set<String> names) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(json);
        rest.keySet().removeAll(names);
        return rest;
    }
}
