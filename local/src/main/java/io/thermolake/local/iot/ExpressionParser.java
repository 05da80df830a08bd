package io.thermolake.local.iot;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions: fields, literals, functions, comparisons, NOT, AND, OR and brackets. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");
    private static final Set<String> REFUSED = Set.of("CASE", "IN", "EXISTS", "VALUE", "SELECT");

    private final SqlTokens tokens;

    ExpressionParser(SqlTokens tokens) {
        this.tokens = tokens;
    }

    IotExpression parse() {
        IotExpression left = and();
        while (tokens.accept("OR")) {
            IotExpression a = left;
            IotExpression b = and();
            left = message -> new JsonPrimitive(isTrue(a.of(message)) || isTrue(b.of(message)));
        }
        return left;
    }

    static boolean isTrue(@Nullable JsonElement value) {
        return value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isBoolean()
                && value.getAsBoolean();
    }

    private IotExpression and() {
        IotExpression left = not();
        while (tokens.accept("AND")) {
            IotExpression a = left;
            IotExpression b = not();
            left = message -> new JsonPrimitive(isTrue(a.of(message)) && isTrue(b.of(message)));
        }
        return left;
    }

    private IotExpression not() {
        if (!tokens.accept("NOT")) {
            return comparison();
        }
        IotExpression value = not();
        return message -> {
            JsonElement element = value.of(message);
            return element == null ? null : new JsonPrimitive(!isTrue(element));
        };
    }

    private IotExpression comparison() {
        IotExpression left = value();
        if (!COMPARISONS.contains(tokens.peek())) {
            return left;
        }
        return Comparison.of(tokens.take(), left, value());
    }

    private IotExpression value() {
        if (tokens.accept("(")) {
            IotExpression inner = parse();
            tokens.expect(")");
            return inner;
        }
        if (tokens.peek().startsWith("'")) {
            JsonPrimitive text = new JsonPrimitive(tokens.text());
            return message -> text;
        }
        if (!tokens.peek().isEmpty() && Character.isDigit(tokens.peek().charAt(0))) {
            JsonPrimitive number = new JsonPrimitive(new BigDecimal(tokens.take()));
            return message -> number;
        }
        if (REFUSED.contains(tokens.peek().toUpperCase(Locale.ROOT))) {
            throw tokens.unexpected("a field, a literal or a function");
        }
        return named(tokens.name());
    }

    private IotExpression named(String name) {
        if (tokens.accept("(")) {
            return function(name);
        }
        switch (name.toUpperCase(Locale.ROOT)) {
            case "TRUE", "FALSE" -> {
                JsonPrimitive literal = new JsonPrimitive(Boolean.parseBoolean(name));
                return message -> literal;
            }
            case "NULL" -> {
                return message -> JsonNull.INSTANCE;
            }
            default -> {
                List<String> path = new ArrayList<>(List.of(name));
                while (tokens.accept(".")) {
                    path.add(tokens.name());
                }
                // Without a JSON object every field is Undefined ("Working with binary payloads").
                return message -> field(message.object(), path);
            }
        }
    }

    private IotExpression function(String name) {
        if (name.equalsIgnoreCase("encode")) {
            return encode();
        }
        List<IotExpression> arguments = new ArrayList<>();
        while (!tokens.accept(")")) {
            if (!arguments.isEmpty()) {
                tokens.expect(",");
            }
            arguments.add(parse());
        }
        return IotFunctions.of(name, arguments);
    }

    private IotExpression encode() {
        IotExpression value = tokens.accept("*") ? null : parse();
        tokens.expect(",");
        if (!tokens.text().equals("base64")) {
            throw new RuleException("encode is built with 'base64' alone");
        }
        tokens.expect(")");
        return value == null ? IotFunctions.encodePayload() : IotFunctions.encode(value);
    }

    private static @Nullable JsonElement field(@Nullable JsonElement of, List<String> path) {
        JsonElement value = of;
        for (String name : path) {
            if (value == null || !value.isJsonObject()) {
                return null;
            }
            value = value.getAsJsonObject().get(name);
        }
        return value;
    }
}
