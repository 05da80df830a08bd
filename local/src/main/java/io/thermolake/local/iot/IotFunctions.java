package io.thermolake.local.iot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The functions of IoT SQL that are built; every other is refused by its name. */
final class IotFunctions {
    private IotFunctions() {}

    /** @throws RuleException when there is no such function here, or not with so many arguments */
    static IotExpression of(String name, List<IotExpression> arguments) {
        String call = name.toLowerCase(Locale.ROOT) + "/" + arguments.size();
        return switch (call) {
            case "topic/0" -> message -> new JsonPrimitive(message.topic());
            case "topic/1" -> message -> level(message, arguments.get(0).of(message));
            case "clientid/0" -> message -> new JsonPrimitive(message.clientId());
            case "timestamp/0" -> message -> new JsonPrimitive(message.millis());
            case "newuuid/0" -> message -> new JsonPrimitive(message.uuid());
            case "lower/1" -> text(arguments.get(0), s -> s.toLowerCase(Locale.ROOT));
            case "upper/1" -> text(arguments.get(0), s -> s.toUpperCase(Locale.ROOT));
            case "isundefined/1" ->
                message -> new JsonPrimitive(arguments.get(0).of(message) == null);
            case "isnull/1" ->
                message -> {
                    JsonElement value = arguments.get(0).of(message);
                    return new JsonPrimitive(value != null && value.isJsonNull());
                };
            case "encode/2" -> throw new RuleException("encode is built with 'base64' alone");
            default ->
                throw new RuleException("The laptop's rule engine has no function %s with %d arguments"
                        .formatted(name, arguments.size()));
        };
    }

    /** {@code encode(*, 'base64')}: of the payload as it came. */
    static IotExpression encodePayload() {
        return message -> base64(message.payload());
    }

    static IotExpression encode(IotExpression value) {
        return message -> {
            JsonElement element = value.of(message);
            return element == null
                    ? null
                    : base64((element.isJsonPrimitive() ? element.getAsString() : element.toString()).getBytes(UTF_8));
        };
    }

    private static JsonPrimitive base64(byte[] bytes) {
        return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes));
    }

    private static IotExpression text(IotExpression value, Function<String, String> change) {
        return message -> {
            JsonElement element = value.of(message);
            return element != null && element.isJsonPrimitive()
                    ? new JsonPrimitive(change.apply(element.getAsString()))
                    : null;
        };
    }

    private static @Nullable JsonElement level(Message message, @Nullable JsonElement number) {
        String[] levels = message.topic().split("/", -1);
        int n = number != null
                        && number.isJsonPrimitive()
                        && number.getAsJsonPrimitive().isNumber()
                ? number.getAsInt()
                : 0;
        return n >= 1 && n <= levels.length ? new JsonPrimitive(levels[n - 1]) : null;
    }
}
