package io.thermolake.local.iot;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The comparison operators of IoT SQL 2016-03-23: numbers and texts that are numbers compare as numbers, texts as texts,
 * and everything else is Undefined, which no WHERE takes for true.
 */
final class Comparison {
    private Comparison() {}

    /** @param operator one of = <> != < <= > >= */
    static IotExpression of(String operator, IotExpression left, IotExpression right) {
        return message -> {
            JsonElement a = left.of(message);
            JsonElement b = right.of(message);
            if (a == null || b == null || !a.isJsonPrimitive() || !b.isJsonPrimitive()) {
                return null;
            }
            Boolean result = compare(operator, a.getAsJsonPrimitive(), b.getAsJsonPrimitive());
            return result == null ? null : new JsonPrimitive(result);
        };
    }

    private static @Nullable Boolean compare(String operator, JsonPrimitive a, JsonPrimitive b) {
        boolean numbers = a.isNumber() || b.isNumber();
        BigDecimal x = number(a);
        BigDecimal y = number(b);
        if (numbers && x != null && y != null) {
            return decide(operator, x.compareTo(y));
        }
        if (a.isString() && b.isString()) {
            return decide(operator, a.getAsString().compareTo(b.getAsString()));
        }
        boolean equality = operator.equals("=") || operator.equals("<>") || operator.equals("!=");
        if (a.isBoolean() && b.isBoolean() && equality) {
            return decide(operator, Boolean.compare(a.getAsBoolean(), b.getAsBoolean()));
        }
        return null;
    }

    private static boolean decide(String operator, int order) {
        return switch (operator) {
            case "=" -> order == 0;
            case "<>", "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static @Nullable BigDecimal number(JsonPrimitive value) {
        if (value.isBoolean()) {
            return null;
        }
        try {
            return new BigDecimal(value.getAsString());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
