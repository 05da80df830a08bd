package io.thermolake.asl.internal.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.OpenJsonata;
import io.thermolake.asl.Json;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The library's error texts in the words of the reference implementation, jsonata-js 2. */
final class JsonataMessages {
    private static final Map<String, String> ELEMENTS =
            Map.of("a", "arrays", "b", "booleans", "f", "functions", "n", "numbers", "o", "objects", "s", "strings");

    private JsonataMessages() {}

    /** The error's code and words as the reference has them, as far as the library tells what it takes. */
    static String of(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof DateTimeParseException date) {
                return "D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "
                        + Json.text(date.getParsedString());
            }
            if (cause instanceof JException told) {
                return of(told);
            }
            if (cause instanceof EvaluationException told) {
                return told.getMessage();
            }
        }
        // Java's own words name classes that no author of an expression knows.
        return "An operator or a function got a value that it cannot take";
    }

    private static String of(JException e) {
        return (e.getError() != null && e.getError().matches("[A-Z]\\d{4}") ? e.getError() + ": " : "") + words(e);
    }

    /** The same without the code. */
    static String words(JException e) {
        String text = String.valueOf(e.getMessage()).replaceFirst("^JSonataException ", "");
        if ("D3030".equals(e.getError())) {
            return "Unable to cast value to a number: " + Json.text(e.getCurrent());
        }
        if ("T0412".equals(e.getError())) {
            // Where an argument must be an array, it is the first of its function.
            return "Argument 1 of function " + Json.text(e.getCurrent()) + " must be an array of "
                    + Json.text(ELEMENTS.getOrDefault(String.valueOf(e.getExpected()), "values"));
        }
        if ("T0411".equals(e.getError())) {
            return "Context value is not a compatible type with argument " + Json.text(e.getExpected());
        }
        if ("D1002".equals(e.getError())) {
            return "Cannot negate a non-numeric value: " + Values.json(e.getExpected());
        }
        // Made by a program from JavaScript, the library's texts call a function an Object.
        String said = text.replace("$single() Object", "$single() function")
                .replaceAll(
                        "^(Argument .*) of Object (.*) does not match Object signature$",
                        "$1 of function $2 does not match function signature")
                .replaceAll(
                        "^(The|The radix of the|The second argument of|The argument of the|\\w+ argument of|.* passed to|The right side of the) (\\w*) ?Object ",
                        "$1 $2 function ")
                .replace("The right side of the  function", "The right side of the function")
                .replace("matcher Object argument passed to Object", "matcher function argument passed to function")
                .replace("of the sort Object", "of the sort function")
                .replace("must be a Object with", "must be a function with")
                .replace("must not exceed 1e6.", "must not exceed 1e7.")
                .replace("{{token}}", Json.text(OpenJsonata.operator(e)));
        for (Object part : parts(e)) {
            if (part != null && !(part instanceof String)) {
                said = said.replace("\"" + part + "\"", Values.json(part));
            }
        }
        return said;
    }

    private static List<@Nullable Object> parts(JException e) {
        List<@Nullable Object> parts = new ArrayList<>();
        parts.add(e.getCurrent());
        parts.add(e.getExpected());
        return parts;
    }
}
