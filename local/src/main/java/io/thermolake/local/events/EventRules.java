package io.thermolake.local.events;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.thermolake.local.functions.LambdaService;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** EventBridge's default bus: the functions' EventBridgeRule events of the template, by their patterns. */
public final class EventRules {
    private record Rule(Map<?, ?> pattern, String function) {}

    private static final Gson GSON = new Gson();

    private final List<Rule> rules = new ArrayList<>();
    private final LambdaService lambda;

    public EventRules(Stack stack, LambdaService lambda) {
        this.lambda = lambda;
        for (StackResource function : stack.ofType("AWS::Serverless::Function")) {
            if (function.properties().get("Events") instanceof Map<?, ?> events) {
                events.values().forEach(event -> add(function, event));
            }
        }
    }

    private void add(StackResource function, Object event) {
        if (event instanceof Map<?, ?> declared
                && "EventBridgeRule".equals(declared.get("Type"))
                && declared.get("Properties") instanceof Map<?, ?> properties
                && properties.get("Pattern") instanceof Map<?, ?> pattern) {
            rules.add(new Rule(pattern, function.physicalId()));
        }
    }

    /** Sends an event to every rule that matches. @return done when all targets have answered */
    public CompletableFuture<Void> put(Map<String, Object> event) {
        JsonElement json = GSON.toJsonTree(event);
        return CompletableFuture.allOf(rules.stream()
                .filter(rule -> matches(rule.pattern(), event))
                .map(rule -> lambda.invoke(rule.function(), json))
                .toArray(CompletableFuture[]::new));
    }

    /**
     * An event pattern: each key's value in the event is one of the list, an object is matched within.
     *
     * @throws IllegalArgumentException for a content filter, which the laptop does not know
     */
    static boolean matches(Map<?, ?> pattern, @Nullable Object event) {
        if (!(event instanceof Map<?, ?> values)) {
            return false;
        }
        for (Map.Entry<?, ?> wanted : pattern.entrySet()) {
            Object value = values.get(wanted.getKey());
            if (wanted.getValue() instanceof Map<?, ?> inner) {
                if (!matches(inner, value)) {
                    return false;
                }
            } else {
                for (Object one : (List<?>) wanted.getValue()) {
                    if (one instanceof Map) {
                        throw new IllegalArgumentException(
                                "The laptop cloud knows no content filter in event patterns: " + one);
                    }
                }
                if (!((List<?>) wanted.getValue()).contains(value)) {
                    return false;
                }
            }
        }
        return true;
    }
}
