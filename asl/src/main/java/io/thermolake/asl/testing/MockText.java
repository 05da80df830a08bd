package io.thermolake.asl.testing;

import io.thermolake.asl.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads mocks from JSON. */
final class MockText {
    private static final Set<Set<String>> KINDS = Set.of(
            Set.of("return"),
            Set.of("error"),
            Set.of("cause"),
            Set.of("error", "cause"),
            Set.of("echo"),
            Set.of("hang"));

    private MockText() {}

    static Mocks parse(String json) {
        Object value = Json.parse(json);
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "mocks are an object of state names and resources, not " + Json.typeOf(value));
        }
        Mocks mocks = new Mocks();
        map.forEach((name, list) -> {
            for (Object each : list instanceof List<?> many ? many : List.of(list)) {
                Map<String, @Nullable Object> answer = Json.object(each);
                mocks.add(String.valueOf(name), answer(String.valueOf(name), answer));
                if (answer.containsKey("after")) {
                    mocks.after(seconds(String.valueOf(name), answer.get("after")));
                }
            }
        });
        return mocks;
    }

    private static Duration seconds(String name, @Nullable Object after) {
        if (after instanceof Number seconds && seconds.doubleValue() >= 0) {
            return Duration.ofMillis(Math.round(1000 * seconds.doubleValue()));
        }
        throw new IllegalArgumentException("after, in the mock of '" + name
                + "', must be a number of seconds that is not negative, not " + Json.text(after));
    }

    private static Mocks.Answer answer(String name, Map<String, @Nullable Object> json) {
        Set<String> kinds = new TreeSet<>(json.keySet());
        kinds.remove("after");
        if (!KINDS.contains(kinds)) {
            throw new IllegalArgumentException("the mock of '" + name
                    + "' must have return, error and cause, echo or hang, but has " + json.keySet());
        }
        if (json.containsKey("error") || json.containsKey("cause")) {
            return Mocks.failing(text(json.get("error")), text(json.get("cause")));
        }
        if (Boolean.TRUE.equals(json.get("hang"))) {
            return request -> new CompletableFuture<>();
        }
        if (Boolean.TRUE.equals(json.get("echo"))) {
            return request -> CompletableFuture.completedFuture(request.arguments());
        }
        return request -> CompletableFuture.completedFuture(json.get("return"));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null || value instanceof String ? (String) value : Json.text(value);
    }
}
