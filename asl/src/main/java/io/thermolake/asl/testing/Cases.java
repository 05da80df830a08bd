package io.thermolake.asl.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.Json;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskRequest;
import io.thermolake.asl.definition.Definition;
import io.thermolake.asl.teststate.MockCheck;
import io.thermolake.asl.teststate.StateTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs recorded cases, one JSON line each: {@code definition}, {@code input}, {@code taskStub} with the recorded answers by
 * state, {@code lambdas} with what unrecorded functions do, {@code s3Objects}; or, with {@code api} and {@code request}, a
 * definition to validate or one state to test.
 */
public final class Cases {
    private static final String ACTIVITY = "arn:aws:states:us-east-1:111111111111:activity:";

    /** What this engine cannot answer. */
    public static final String UNSUPPORTED = "UNSUPPORTED";

    private Cases() {}

    /** @return {@code id}, {@code status}, {@code output}, {@code error}, {@code cause}, {@code events} */
    public static Map<String, @Nullable Object> run(Map<String, @Nullable Object> recorded) {
        return run(recorded, null);
    }

    /**
     * The same with who checks the mocked results of a TestState.
     *
     * @param mocks null for nobody: the status of a case that asks for a check is then UNSUPPORTED
     */
    public static Map<String, @Nullable Object> run(Map<String, @Nullable Object> recorded, @Nullable MockCheck mocks) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", recorded.get("id"));
        String api = String.valueOf(recorded.getOrDefault("api", ""));
        String definition = recorded.get("definitionText") instanceof String text
                ? text
                : Json.text(activities(recorded.get("definition")));
        switch (api) {
            case "test_state" -> answer.putAll(stateTest(definition, recorded, mocks));
            case "validate" -> {
                Map<String, @Nullable Object> result = AslRunner.validate(definition, type(recorded.get("type")));
                answer.put("status", result.get("result"));
                answer.put("diagnostics", result.get("diagnostics"));
            }
            default -> answer.putAll(execution(recorded, definition, api.equals("create")));
        }
        return answer;
    }

    private static Map<String, @Nullable Object> stateTest(
            String definition, Map<String, @Nullable Object> recorded, @Nullable MockCheck mocks) {
        Map<String, @Nullable Object> request = Json.object(recorded.get("request"));
        Object mode = Json.object(request.get("mock")).get("fieldValidationMode");
        if (mocks == null && mode != null && !mode.equals("NONE")) {
            return refused(UNSUPPORTED, "nobody checks the mode " + mode);
        }
        try {
            return StateTest.run(definition, request, mocks(recorded), mocks);
        } catch (StateTest.Refused e) {
            return refused(AslRunner.REJECTED, e.getMessage());
        }
    }

    private static Map<String, @Nullable Object> refused(String status, @Nullable String cause) {
        Map<String, @Nullable Object> refused = new LinkedHashMap<>();
        refused.put("status", status);
        refused.put("cause", cause);
        return refused;
    }

    private static Map<String, @Nullable Object> execution(
            Map<String, @Nullable Object> recorded, String definition, boolean created) {
        boolean express = "EXPRESS".equals(recorded.get("executionType"))
                || (created && String.valueOf(recorded.get("id")).contains("express"));
        Map<String, @Nullable Object> answer = AslRunner.run(
                definition,
                express ? Definition.Type.EXPRESS : Definition.Type.STANDARD,
                recorded.get("input"),
                mocks(recorded),
                objects(Json.list(recorded.get("s3Objects"))),
                true,
                event -> {});
        answer.remove("diagnostics");
        return answer;
    }

    private static Definition.Type type(@Nullable Object name) {
        return "EXPRESS".equals(name) ? Definition.Type.EXPRESS : Definition.Type.STANDARD;
    }

    /** Recordings name an activity by a placeholder that is no ARN. */
    private static @Nullable Object activities(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(
                    String.valueOf(k),
                    k.equals("Resource") && "activity_arn".equals(v) ? ACTIVITY + v : activities(v)));
            return copy;
        }
        return value instanceof List<?> list
                ? list.stream().map(Cases::activities).toList()
                : value;
    }

    private static Mocks mocks(Map<String, @Nullable Object> recorded) {
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
                ? list.stream().map(Cases::spaced).collect(Collectors.joining(", ", "[", "]"))
                : Json.text(value);
    }

    private static ObjectStore objects(List<?> recorded) {
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
