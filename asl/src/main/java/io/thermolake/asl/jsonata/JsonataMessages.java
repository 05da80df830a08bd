package io.thermolake.asl.jsonata;

import com.dashjoin.jsonata.JException;
import io.thermolake.asl.Json;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The library's error texts in the words of the reference implementation, jsonata-js 2. What is not mended: the argument's
 * number and the function's name in T0412.
 */
final class JsonataMessages {
    private JsonataMessages() {}

    /** The error's code and words as the reference has them, as far as the library tells what it takes. */
    static String of(RuntimeException e) {
        if (e instanceof DateTimeParseException date) {
            return "D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given "
                    + Json.text(date.getParsedString());
        }
        if (e instanceof ClassCastException) {
            return "D3070: The single argument form of the sort function can only be applied to an array of strings or an"
                    + " array of numbers.  Use the second argument to specify a comparison function";
        }
        String text = String.valueOf(e.getMessage());
        if (!(e instanceof JException j)
                || j.getError() == null
                || !j.getError().matches("[A-Z]\\d{4}")) {
            return text;
        }
        if (j.getError().equals("D3030")) {
            return "D3030: Unable to cast value to a number: " + Json.text(j.getCurrent());
        }
        // Made by a program from JavaScript, the library's texts call a function an Object.
        String said = text.replace("$single() Object", "$single() function")
                .replaceAll(
                        "^(Argument .*) of Object (.*) does not match Object signature$",
                        "$1 of function $2 does not match function signature")
                .replaceAll(
                        "^(The|The radix of the|The second argument of|\\w+ argument of) (\\w+) Object ",
                        "$1 $2 function ")
                .replace("must be a Object with", "must be a function with")
                .replace("must not exceed 1e6.", "must not exceed 1e7.");
        for (Object part : parts(j)) {
            if (part instanceof Number) {
                said = said.replace("\"" + part + "\"", String.valueOf(part));
            }
        }
        return j.getError() + ": " + said;
    }

    private static List<@Nullable Object> parts(JException e) {
        List<@Nullable Object> parts = new ArrayList<>();
        parts.add(e.getCurrent());
        parts.add(e.getExpected());
        return parts;
    }
}
