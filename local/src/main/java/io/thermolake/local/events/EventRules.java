package io.thermolake.local.events;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.thermolake.local.aws.JsonStore;
import io.thermolake.local.functions.Invocation;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackResource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** EventBridge's default bus: the functions' EventBridgeRule events of the template, by their patterns. */
public final class EventRules {
    private record Rule(Map<?, ?> pattern, String function) {}

    private static final Gson GSON = new Gson();
    /** As Lambda tries what it is asked without waiting ("Error handling for asynchronous invocation"); here at the next starts. */
    private static final int TRIES = 3;

    private final List<Rule> rules = new ArrayList<>();
    private final BiFunction<String, JsonElement, CompletableFuture<Invocation>> lambda;
    private final JsonStore<Map<?, ?>> undelivered;

    /**
     * @param lambda invokes a function by its name
     * @param state what was not delivered when the cloud ended is there at its next start
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public EventRules(Stack stack, BiFunction<String, JsonElement, CompletableFuture<Invocation>> lambda, Path state) {
        this.lambda = lambda;
        this.undelivered = new JsonStore<>(state, (Class) Map.class);
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

    /**
     * Sends an event to every rule that matches, at least once. The event is written down first: a cloud that is killed after
     * what it tells of would otherwise never tell it.
     *
     * @param happening writes down what the event tells of
     * @return done when all targets have answered
     */
    public CompletableFuture<Void> put(Map<String, Object> event, Runnable happening) {
        if (rules.stream().noneMatch(rule -> matches(rule.pattern(), event))) {
            happening.run();
            return CompletableFuture.completedFuture(null);
        }
        String id = UUID.randomUUID().toString();
        undelivered.putEnd(id, event);
        happening.run();
        return deliver(id, event);
    }

    /** Delivers what was not delivered when the cloud ended; returns when all targets have answered. */
    public void redeliver() {
        undelivered.entries().forEach((id, event) -> deliver(id, event).join());
    }

    private CompletableFuture<Void> deliver(String id, Map<?, ?> event) {
        JsonElement json = GSON.toJsonTree(event);
        List<CompletableFuture<Invocation>> invocations = rules.stream()
                .filter(rule -> matches(rule.pattern(), event))
                .map(rule -> lambda.apply(rule.function(), json))
                .toList();
        return CompletableFuture.allOf(invocations.toArray(CompletableFuture[]::new))
                .thenRun(() -> settle(
                        id,
                        event,
                        invocations.stream()
                                .map(answer -> answer.join().errorType())
                                .filter(Objects::nonNull)
                                .toList()));
    }

    /** A host that died under it, with this cloud, has not heard of it; a function that failed is asked twice more. */
    private void settle(String id, Map<?, ?> event, List<String> errors) {
        if (errors.contains("Lambda.Unknown")) {
            return;
        }
        int tries = id.split("\\.").length;
        if (!errors.isEmpty() && tries < TRIES) {
            undelivered.put(id + ".again", event);
        }
        undelivered.delete(id);
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
