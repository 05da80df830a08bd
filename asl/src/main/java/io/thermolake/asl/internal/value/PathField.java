package io.thermolake.asl.internal.value;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.path.PathException;
import io.thermolake.asl.internal.path.PathExpression;
import org.jspecify.annotations.Nullable;

/**
 * A field that is one path, {@code InputPath} and its like.
 *
 * @param wording what AWS says when the path leads nowhere; it differs by field
 */
public record PathField(String field, PathExpression path, Wording wording) implements Value {
    public enum Wording {
        INVALID_PATH,
        NOT_IN_INPUT,
        NO_INPUT_VALUE,
        CHOICE
    }

    @Override
    public @Nullable Object get(Frame frame) {
        try {
            return path.read(frame.roots());
        } catch (PathException e) {
            throw StatesError.path(e, message(frame, e));
        }
    }

    private String message(Frame frame, PathException e) {
        if (e.kind() != PathException.Kind.NOT_FOUND || e.getMessage().startsWith("The function '")) {
            return e.getMessage();
        }
        return switch (wording) {
            case INVALID_PATH -> "Invalid path '" + path.text() + "' : " + e.getMessage();
            case NOT_IN_INPUT ->
                "The JSONPath '" + path.text() + "' specified for the field '" + field
                        + "' could not be found in the input '" + Json.text(frame.document()) + "'";
            case NO_INPUT_VALUE -> "The " + field + " parameter does not reference an input value: " + path.text();
            case CHOICE ->
                "Invalid path '" + path.text() + "': The choice state's condition path references an invalid value.";
        };
    }
}
