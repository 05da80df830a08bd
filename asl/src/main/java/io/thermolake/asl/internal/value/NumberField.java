package io.thermolake.asl.internal.value;

import io.thermolake.asl.Json;
import org.jspecify.annotations.Nullable;

/**
 * A field that must be a number once the state runs: a literal, a path to one, or an expression.
 *
 * @param isGiven whether the definition has it; otherwise it is a default
 */
public record NumberField(String field, Value value, boolean isGiven) {
    public NumberField(String field, Value value) {
        this(field, value, true);
    }

    /**
     * A whole number.
     *
     * @throws StatesError when it is none, or negative, in AWS's words for the field
     */
    public long whole(Frame frame) {
        Object given = value.get(frame);
        if (given instanceof Long number) {
            return number;
        }
        if (value instanceof PathField path && given instanceof String text && text.matches("-?\\d{1,18}")) {
            return Long.parseLong(text);
        }
        if (given instanceof Double d && d == Math.rint(d) && !(value instanceof PathField)) {
            return d.longValue();
        }
        throw wrong(given, "integer");
    }

    /**
     * A whole number above zero, of seconds.
     *
     * @throws StatesError when it is none
     */
    public long positive(Frame frame) {
        long number = whole(frame);
        if (number > 0) {
            return number;
        }
        throw value instanceof Template template
                ? template.unexpected(number, "positive integer")
                : StatesError.runtime("The " + field + " field must refer to a positive integer but is " + number);
    }

    /** @throws StatesError when it is no number */
    public double number(Frame frame) {
        Object given = value.get(frame);
        if (given instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof PathField && given instanceof String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw wrong(given, "float");
            }
        }
        throw wrong(given, "float");
    }

    private StatesError wrong(@Nullable Object given, String kind) {
        if (value instanceof PathField path) {
            String shown = given instanceof String text ? text : Json.text(given);
            return StatesError.runtime("The " + field + " field refers to value \"" + shown + "\" which is not a valid "
                    + kind + ": " + path.path().text());
        }
        if (value instanceof Template template) {
            return template.unexpected(given, kind.equals("float") ? "number" : "integer");
        }
        return StatesError.runtime("The " + field + " field must be a number but is " + Json.text(given));
    }
}
