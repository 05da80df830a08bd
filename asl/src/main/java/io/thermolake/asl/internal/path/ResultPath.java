package io.thermolake.asl.internal.path;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a state's result is put: instead of the input, into it, or nowhere. */
public final class ResultPath {
    /** The result replaces the input: the default, {@code $}. */
    public static final ResultPath REPLACE = new ResultPath(JsonPath.parse("$"));
    /** The result is dropped: {@code null} in the definition. */
    public static final ResultPath DROP = new ResultPath(null);

    private final @Nullable JsonPath path;

    private ResultPath(@Nullable JsonPath path) {
        this.path = path;
    }

    /** @throws IllegalArgumentException when the text is no reference path */
    public static ResultPath parse(String text) {
        JsonPath path = JsonPath.parse(text);
        if (!path.isReference()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no reference path: only names and single indexes from $");
        }
        return new ResultPath(path);
    }

    /**
     * A copy of the input with the result in its place; what is not there yet is made.
     *
     * @throws PathException of the kind NO_PLACE where the path meets something that is no object
     */
    public @Nullable Object put(@Nullable Object input, @Nullable Object result) {
        return path == null ? input : put(input, result, path.tokens(), 0);
    }

    private static @Nullable Object put(@Nullable Object node, @Nullable Object result, List<Token> tokens, int i) {
        if (i == tokens.size()) {
            return result;
        }
        if (tokens.get(i) instanceof Token.Property property) {
            if (!(node instanceof Map<?, ?>)) {
                throw noPlace(property.names().get(0), node);
            }
            String name = property.names().get(0);
            Map<String, @Nullable Object> copy = new LinkedHashMap<>(Json.object(node));
            Object child = copy.containsKey(name) || i + 1 == tokens.size() ? copy.get(name) : Map.of();
            copy.put(name, put(child, result, tokens, i + 1));
            return copy;
        }
        int index = ((Token.Index) tokens.get(i)).indexes().get(0);
        if (!(node instanceof List<?> list) || index < 0 || index >= list.size()) {
            throw noPlace(String.valueOf(index), node);
        }
        List<@Nullable Object> copy = new ArrayList<>(list);
        copy.set(index, put(copy.get(index), result, tokens, i + 1));
        return copy;
    }

    private static PathException noPlace(String step, @Nullable Object node) {
        return new PathException(
                PathException.Kind.NO_PLACE, "Unable to apply step \"" + step + "\" to input " + Json.text(node));
    }
}
