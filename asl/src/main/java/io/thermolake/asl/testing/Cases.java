package io.thermolake.asl.testing;

import io.thermolake.asl.Json;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.teststate.MockCheck;
import io.thermolake.asl.teststate.TestStateRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            return TestStateRun.run(definition, request, RecordedWorld.mocks(recorded), mocks);
        } catch (TestStateRun.Refused e) {
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
                RecordedWorld.mocks(recorded),
                RecordedWorld.objects(Json.list(recorded.get("s3Objects"))),
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
}
