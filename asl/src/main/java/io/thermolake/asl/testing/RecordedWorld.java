package io.thermolake.asl.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.Json;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What surrounded a recorded execution: the answers of its tasks, and the objects that it read. */
final class RecordedWorld {
    private RecordedWorld() {}

    static Mocks mocks(Map<String, @Nullable Object> recorded) {
        Mocks mocks = new Mocks();
        Map<String, @Nullable Object> stub = Json.object(recorded.get("taskStub"));
        Json.object(stub.get("byState")).forEach((state, calls) -> {
            for (Object call : Json.list(calls)) {
                mocks.add(state, request -> answer(Json.object(call), request));
            }
        });
        String behaviour = Json.list(stub.get("lambdas")).stream()
                .map(lambda -> String.valueOf(Json.object(lambda).get("behaviour")))
                .findFirst()
                .orElse("");
        if (behaviour.equals("returns its input")) {
            mocks.otherwise(resource -> request -> CompletableFuture.completedFuture(request.arguments()));
        } else if (behaviour.startsWith("raises")) {
            mocks.otherwise(resource -> request ->
                    CompletableFuture.failedFuture(new TaskException("Exception", "{\"errorType\":\"Exception\"}")));
        }
        return mocks;
    }

    private static CompletionStage<?> answer(Map<String, @Nullable Object> call, TaskRequest request) {
        if (call.containsKey("submitted") && request.token() == null) {
            request.submitted().accept(call.get("submitted"));
        }
        return result(Json.object(call.get("outcome")));
    }

    private static CompletionStage<?> result(Map<String, @Nullable Object> outcome) {
        if (outcome.containsKey("return")) {
            return CompletableFuture.completedFuture(outcome.get("return"));
        }
        if (outcome.containsKey("throw")) {
            Map<String, @Nullable Object> error = Json.object(outcome.get("throw"));
            // A function's own error comes in the words of its runtime, Python's: with blanks.
            boolean function = "LambdaFunctionFailed".equals(error.get("event"));
            return CompletableFuture.failedFuture(
                    new TaskException(text(error.get("error"), false), text(error.get("cause"), function)));
        }
        return new CompletableFuture<>();
    }

    /** The recorder has parsed what was a text of JSON. */
    private static @Nullable String text(@Nullable Object value, boolean spaced) {
        return value == null || value instanceof String ? (String) value : spaced ? spaced(value) : Json.text(value);
    }

    private static String spaced(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> Json.text(e.getKey()) + ": " + spaced(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof List<?> list
                ? list.stream().map(RecordedWorld::spaced).collect(Collectors.joining(", ", "[", "]"))
                : Json.text(value);
    }

    static ObjectStore objects(List<?> recorded) {
        Map<String, byte[]> all = new TreeMap<>();
        for (Object each : recorded) {
            Map<String, @Nullable Object> object = Json.object(each);
            all.put(
                    object.get("bucket") + "/" + object.get("key"),
                    String.valueOf(object.get("body")).getBytes(UTF_8));
        }
        return new MemoryObjects(all);
    }
}
