package io.thermolake.asl.internal.definition;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.check.Problems;
import io.thermolake.asl.internal.path.JsonPath;
import io.thermolake.asl.internal.path.PathExpression;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.PathField;
import io.thermolake.asl.internal.value.Payload;
import io.thermolake.asl.internal.value.Template;
import io.thermolake.asl.internal.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object of a definition while it is compiled: its members, where it is, in which query language, and where problems go.
 * What a member is asked for, it is checked for: a wrong type is a problem, and the answer then is as if it were not there.
 *
 * @param at the object's location in the definition
 * @param field its place in its state, for the error texts of expressions; empty for the state itself
 */
record Fields(Map<String, @Nullable Object> json, String at, String field, boolean jsonata, Problems problems) {
    /** An object below this one. */
    Fields inner(Object value, String name) {
        return new Fields(Json.object(value), at + "/" + name, below(name), jsonata, problems);
    }

    /** The place in the state of a member. */
    String below(String name) {
        return field.isEmpty() ? name : field + "/" + name;
    }

    boolean has(String name) {
        return json.containsKey(name);
    }

    @Nullable
    Object get(String name) {
        return json.get(name);
    }

    void wrongType(String type, String where) {
        problems.schema("Expected value of type " + type, at + "/" + where);
    }

    boolean isObject(String name) {
        return get(name) instanceof Map<?, ?>;
    }

    /** The object under a name, or an empty one. */
    Fields object(String name) {
        if (has(name) && !isObject(name)) {
            wrongType("Object", name);
        }
        return inner(Json.object(get(name)), name);
    }

    /** The objects of a list under a name. */
    List<Fields> objects(String name) {
        List<?> all = list(name);
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String each = name + "[" + i + "]";
            if (all.get(i) instanceof Map<?, ?> map) {
                objects.add(inner(map, each));
            } else {
                wrongType("Object", each);
            }
        }
        return objects;
    }

    private List<?> list(String name) {
        if (has(name) && !(get(name) instanceof List<?>)) {
            wrongType("Array", name);
        }
        return Json.list(get(name));
    }

    void notEmpty(String name) {
        if (get(name) instanceof List<?> list && list.isEmpty()) {
            problems.schema("Value cannot be empty", at + "/" + name);
        }
    }

    @Nullable
    String text(String name) {
        if (has(name) && !(get(name) instanceof String)) {
            wrongType("String", name);
        }
        return get(name) instanceof String text ? text : null;
    }

    /** Whether a member is true. */
    boolean flag(String name) {
        if (has(name) && !(get(name) instanceof Boolean)) {
            wrongType("Boolean", name);
        }
        return Boolean.TRUE.equals(get(name));
    }

    /** The texts of a list. */
    List<String> texts(String name) {
        List<?> all = list(name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof String text) {
                texts.add(text);
            } else {
                wrongType("String", name + "[" + i + "]");
            }
        }
        return texts;
    }

    /** The text of a member that has only some values; null where there is none. */
    @Nullable
    String oneOf(String name, List<String> values) {
        String text = text(name);
        if (text != null && !values.contains(text)) {
            problems.schema("Value should be one of the following: " + values, at + "/" + name);
        }
        return text;
    }

    void required(String... names) {
        List<String> missing = Stream.of(names).filter(name -> !has(name)).toList();
        if (!missing.isEmpty()) {
            problem("These fields are required: " + missing);
        }
    }

    /** At most one of some members. */
    void notBoth(String... names) {
        if (Stream.of(names).filter(this::has).count() > 1) {
            problem("There should only be one of the following fields: " + List.of(names));
        }
    }

    /** Exactly one of some members. */
    void exactlyOne(String... names) {
        notBoth(names);
        if (Stream.of(names).noneMatch(this::has)) {
            problem("This object should have only one of the following fields: " + List.of(names));
        }
    }

    /** Every other member is a problem; Comment may stand everywhere. */
    void known(Set<String> allowed) {
        known(allowed, Set.of());
    }

    /** @param others what would be allowed in the other query language */
    void known(Set<String> allowed, Set<String> others) {
        text("Comment");
        for (String name : json.keySet()) {
            if (!allowed.contains(name) && !name.equals("Comment")) {
                problem(others.contains(name) ? otherLanguage(name) : "Field '" + name + "' is not supported");
            }
        }
    }

    private String otherLanguage(String name) {
        return "The QueryLanguage is set to '" + (jsonata ? "JSONata" : "JSONPath") + "', but field '" + name
                + "' is only supported for the '" + (jsonata ? "JSONPath" : "JSONata") + "' QueryLanguage";
    }

    /** A payload or a template, whichever the language has; null where the field is not there. */
    @Nullable
    Value template(String name) {
        if (!has(name)) {
            return null;
        }
        return jsonata
                ? Expressions.compile(this, name)
                : Payload.compile(get(name), at + "/" + name, problems::schema);
    }

    /** A literal, in JSONata an expression as well. */
    @Nullable
    Value literal(String name) {
        return jsonata ? template(name) : has(name) ? Value.literal(get(name)) : null;
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
            problems.schema("Value must be a valid JSONPath. " + e.getMessage(), at + "/" + name);
            return null;
        }
    }

    /** A path to one node of the input or of a variable, or null where the field is not there. */
    @Nullable
    PathField reference(String name, PathField.Wording wording) {
        PathField path = path(name, wording, false);
        if (path != null && path.path() instanceof JsonPath found && (found.fromContext() || !found.definite())) {
            problems.schema("Value is not a Reference Path", at + "/" + name);
        }
        return path;
    }

    /** {@code Name}, a whole number within bounds, or {@code NamePath} where JSONPath allows it; null where neither is there. */
    @Nullable
    NumberField number(String name, long least, long most) {
        if (!jsonata && has(name + "Path")) {
            notBoth(name, name + "Path");
            PathField path = reference(name + "Path", PathField.Wording.INVALID_PATH);
            return path == null ? null : new NumberField(name + "Path", path);
        }
        if (!has(name)) {
            return null;
        }
        if (!isExpression(name)) {
            whole(name, 0, least, most);
        }
        Value value = literal(name);
        return value == null ? null : new NumberField(name, value);
    }

    boolean isExpression(String name) {
        return jsonata && get(name) instanceof String text && Template.isExpression(text);
    }

    NumberField number(String name, long otherwise, long least, long most) {
        NumberField given = number(name, least, most);
        return given == null ? new NumberField(name, Value.literal(otherwise), false) : given;
    }

    /** A literal whole number within bounds. */
    long whole(String name, long otherwise, long least, long most) {
        if (!has(name)) {
            return otherwise;
        }
        if (!(get(name) instanceof Number number) || number.doubleValue() != Math.rint(number.doubleValue())) {
            wrongType("Integer", name);
            return otherwise;
        }
        bounds(name, number, least, most);
        return number.longValue();
    }

    /** A literal number within bounds. */
    double decimal(String name, double otherwise, double least, double most) {
        if (!has(name)) {
            return otherwise;
        }
        if (!(get(name) instanceof Number number)) {
            wrongType("Number", name);
            return otherwise;
        }
        bounds(name, number, least, most);
        return number.doubleValue();
    }

    private void bounds(String name, Number number, Number least, Number most) {
        if (number.doubleValue() < least.doubleValue()) {
            problems.schema("Minimum value is " + least, at + "/" + name);
        } else if (number.doubleValue() > most.doubleValue()) {
            problems.schema("Maximum value is " + most, at + "/" + name);
        }
    }

    /** The members without some. */
    Map<String, @Nullable Object> without(Set<String> names) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(json);
        rest.keySet().removeAll(names);
        return rest;
    }

    /** A problem of the object as a whole. */
    void problem(String message) {
        problems.schema(message, here());
    }

    private String here() {
        return at.isEmpty() ? "/" : at;
    }

    /** A problem of one member. */
    void problem(String message, String name) {
        problems.schema(message, at + "/" + name);
    }

    /** The same object in another query language. */
    Fields in(boolean language) {
        return new Fields(json, at, field, language, problems);
    }
}
