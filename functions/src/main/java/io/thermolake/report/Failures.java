package io.thermolake.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.jspecify.annotations.Nullable;

/** A failure as Step Functions hands it on, in words for people. */
final class Failures {
    private static final int LONGEST = 500;

    private Failures() {}

    /**
     * @param error a class or one of Step Functions' names
     * @param cause text, or the JSON that a failed function leaves: {@code {"errorMessage", "errorType", "stackTrace"}}
     * @return nothing when neither says anything
     */
    static String words(@Nullable String error, @Nullable String cause) {
        String name =
                error == null ? "" : error.substring(error.lastIndexOf('.') + 1).strip();
        String message = cause == null ? "" : message(cause).strip();
        if (message.length() > LONGEST) {
            message = message.substring(0, LONGEST) + "…";
        }
        String words = name.isEmpty() || message.isEmpty() ? name + message : name + ", " + message;
        return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }

    private static String message(String cause) {
        if (!cause.startsWith("{")) {
            return cause;
        }
        try {
            JsonElement message =
                    JsonParser.parseString(cause).getAsJsonObject().get("errorMessage");
            return message == null || !message.isJsonPrimitive() ? cause : message.getAsString();
        } catch (JsonParseException | IllegalStateException e) {
            return cause;
        }
    }
}
