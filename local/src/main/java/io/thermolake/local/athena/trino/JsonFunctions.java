package io.thermolake.local.athena.trino;

import static io.thermolake.local.athena.trino.JavaFunction.of;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON as a text, with paths of names and indexes. */
final class JsonFunctions {
    private static final TypeAdapter<JsonElement> ADAPTER = new com.google.gson.Gson().getAdapter(JsonElement.class);
    private static final Pattern STEP =
            Pattern.compile("\\G(?:\\.([A-Za-z_][A-Za-z0-9_]*)|\\[(\\d{1,9})\\]|\\[\"([^\"\\\\]*)\"\\])");

    static final List<JavaFunction> ALL = List.of(
            of("th_json_scalar", "ss>s", a -> scalar(find(parse((String) a[0]), (String) a[1]))),
            of("th_json_extract", "ss>s", a -> text(find(parse((String) a[0]), (String) a[1]))),
            of("th_json_parse", "s>s", a -> text(sorted(valid((String) a[0])))),
            of(
                    "th_json_array_length",
                    "s>l",
                    a -> parse((String) a[0]) instanceof JsonArray array ? (long) array.size() : null),
            of("th_json_size", "ss>l", a -> size(find(parse((String) a[0]), (String) a[1]))),
            of(
                    "th_json_is_scalar",
                    "s>b",
                    a -> valid((String) a[0]).isJsonPrimitive()
                            || valid((String) a[0]).isJsonNull()),
            of("th_json_as", "ss>s", a -> cast(valid((String) a[0]), (String) a[1])));

    private JsonFunctions() {}

    private static JsonElement valid(String json) {
        JsonElement element = parse(json);
        if (element == null) {
            throw new IllegalArgumentException(
                    "INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON: '" + json + "'");
        }
        return element;
    }

    /** Null when the text is no JSON. */
    private static @Nullable JsonElement parse(String json) {
        JsonReader reader = new JsonReader(new StringReader(json));
        reader.setStrictness(Strictness.STRICT);
        try {
            JsonElement element = ADAPTER.read(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? element : null;
        } catch (IOException | JsonParseException | IllegalStateException e) {
            return null;
        }
    }

    private static @Nullable JsonElement find(@Nullable JsonElement from, String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path).region(Math.min(1, path.length()), path.length());
        int end = 1;
        while (matcher.find()) {
            steps.add(matcher.group());
            end = matcher.end();
        }
        if (!path.startsWith("$") || end != path.length()) {
            throw new IllegalArgumentException(
                    "The laptop's Athena does not know the JSON path '" + path + "'; on AWS it may exist");
        }
        JsonElement at = from;
        for (String step : steps) {
            at = at == null ? null : step(at, step);
        }
        return at;
    }

    private static @Nullable JsonElement step(JsonElement at, String step) {
        if (step.startsWith("[") && step.charAt(1) != '"') {
            int index = Integer.parseInt(step.substring(1, step.length() - 1));
            return at instanceof JsonArray array && index < array.size() ? array.get(index) : null;
        }
        String name = step.startsWith(".") ? step.substring(1) : step.substring(2, step.length() - 2);
        return at instanceof JsonObject object ? object.get(name) : null;
    }

    private static @Nullable String scalar(@Nullable JsonElement element) {
        return element instanceof JsonPrimitive primitive ? primitive.getAsString() : null;
    }

    private static @Nullable Long size(@Nullable JsonElement element) {
        if (element == null) {
            return null;
        }
        if (element instanceof JsonObject object) {
            return (long) object.size();
        }
        return element instanceof JsonArray array ? (long) array.size() : 0L;
    }

    private static @Nullable String text(@Nullable JsonElement element) {
        if (element != null) {
            sure(element);
        }
        return element == null ? null : element.toString();
    }

    /** Numbers that Trino would write anew in another form: it is not sure which. */
    private static void sure(JsonElement element) {
        if (element instanceof JsonArray array) {
            array.forEach(JsonFunctions::sure);
        } else if (element instanceof JsonObject object) {
            object.asMap().values().forEach(JsonFunctions::sure);
        } else if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
            String number = primitive.getAsString();
            if (!number.matches("-?\\d+") && !number.equals(Double.toString(primitive.getAsDouble()))) {
                throw new IllegalArgumentException("The laptop's Athena does not know how " + number
                        + " is written in JSON; take it with json_extract_scalar");
            }
        }
    }

    private static JsonElement sorted(JsonElement element) {
        if (element instanceof JsonArray array) {
            JsonArray out = new JsonArray();
            array.forEach(e -> out.add(sorted(e)));
            return out;
        }
        if (element instanceof JsonObject object) {
            JsonObject out = new JsonObject();
            new TreeMap<>(object.asMap()).forEach((name, value) -> out.add(name, sorted(value)));
            return out;
        }
        return element;
    }

    /** As JSON that DuckDB can only read as the type: null, a scalar's text, or an array or an object of scalars. */
    private static @Nullable String cast(JsonElement element, String type) {
        if (element.isJsonNull()) {
            return null;
        }
        if (type.startsWith("array:") && element instanceof JsonArray array) {
            JsonArray out = new JsonArray();
            array.forEach(e -> out.add(scalar(e, type.substring(6))));
            return out.toString();
        }
        if (type.startsWith("map:") && element instanceof JsonObject object) {
            JsonObject out = new JsonObject();
            for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
                out.add(entry.getKey(), scalar(entry.getValue(), type.substring(4)));
            }
            return out.toString();
        }
        JsonElement value = scalar(element, type);
        return type.contains(":") ? value.toString() : value.getAsString();
    }

    private static JsonElement scalar(JsonElement element, String type) {
        if (element.isJsonNull()) {
            return element;
        }
        if (element instanceof JsonPrimitive primitive) {
            String text = primitive.getAsString();
            boolean fits = switch (type) {
                case "varchar" -> primitive.isString() || primitive.isBoolean() || text.matches("-?\\d{1,18}");
                case "boolean" -> primitive.isBoolean();
                case "double" -> primitive.isNumber();
                case "integer", "bigint" -> primitive.isNumber() && text.matches("-?\\d{1,18}");
                default -> false;
            };
            if (fits) {
                return type.equals("varchar") ? new JsonPrimitive(text) : primitive;
            }
        }
        throw new IllegalArgumentException("The laptop's Athena cannot cast the JSON " + element + " to " + type);
    }
}
