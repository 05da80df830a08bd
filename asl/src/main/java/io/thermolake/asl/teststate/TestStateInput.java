package io.thermolake.asl.teststate;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.value.StatesError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to test a state, read: what it has that is no member of the API, or not of its type, is refused by name. Longer
 * than a page since it has a member for each of the API's.
 *
 * @param stateName the state of a machine, or null
 * @param context the context object, or null for the engine's own
 * @param mock null without one
 * @param retries how often the retrier that takes the error has retried before
 * @param failures how many of a Map's iterations failed; null where the request does not say
 * @param failed the state inside of a Map or Parallel from which the mocked error comes, or null
 * @param items what the ItemReader read, as its source has it, or null
 */
record TestStateInput(
        TestStateRun.Level level,
        @Nullable String stateName,
        @Nullable Object input,
        Map<String, @Nullable Object> variables,
        @Nullable Map<String, @Nullable Object> context,
        @Nullable Mock mock,
        long retries,
        @Nullable Long failures,
        @Nullable String failed,
        @Nullable String items) {
    /** Either an error, or a result, given as JSON. */
    record Mock(
            @Nullable String result,
            @Nullable StatesError error,
            @Nullable String mode) {}

    private static final Set<String> MEMBERS = Set.of(
            "definition",
            "roleArn",
            "input",
            "inspectionLevel",
            "revealSecrets",
            "variables",
            "stateName",
            "mock",
            "context",
            "stateConfiguration");
    private static final Set<String> OF_A_MOCK = Set.of("result", "errorOutput", "fieldValidationMode");
    private static final Set<String> OF_AN_ERROR = Set.of("error", "cause");
    private static final Set<String> OF_A_CONFIGURATION =
            Set.of("retrierRetryCount", "errorCausedByState", "mapIterationFailureCount", "mapItemReaderData");
    private static final List<String> MODES = List.of("STRICT", "PRESENT", "NONE");

    static TestStateInput of(Map<String, @Nullable Object> request) {
        known(request, MEMBERS, "TestState's request");
        Map<String, @Nullable Object> given = object(request, "stateConfiguration");
        known(given, OF_A_CONFIGURATION, "stateConfiguration");
        String name = text(request, "stateName");
        if (name != null && name.isEmpty()) {
            throw invalid(
                    "Parameter validation failed:\nInvalid length for parameter stateName, value: 0, valid min length: 1");
        }
        Long retries = count(given, "retrierRetryCount");
        TestStateInput read = new TestStateInput(
                level(text(request, "inspectionLevel")),
                name,
                request.get("input") == null ? Map.of() : json(request, "input"),
                Json.object(jsonObject(request, "variables")),
                jsonObject(request, "context"),
                mock(object(request, "mock")),
                retries == null ? 0 : retries,
                count(given, "mapIterationFailureCount"),
                text(given, "errorCausedByState"),
                text(given, "mapItemReaderData"));
        secrets(request.get("revealSecrets"), read.mock);
        return read;
    }

    private static void secrets(@Nullable Object reveal, @Nullable Mock mock) {
        if (Boolean.TRUE.equals(reveal)) {
            throw invalid(
                    mock == null
                            ? "revealSecrets is not supported: this engine has no connections that hold secrets"
                            : "TestState does not support RevealSecrets when a mock is specified.");
        }
        if (reveal != null && !(reveal instanceof Boolean)) {
            throw invalid("revealSecrets must be a boolean");
        }
    }

    private static @Nullable Mock mock(Map<String, @Nullable Object> mock) {
        if (mock.isEmpty()) {
            return null;
        }
        known(mock, OF_A_MOCK, "mock");
        if (mock.containsKey("result") == mock.containsKey("errorOutput")) {
            throw invalid("A mock must have one of the following fields: [result, errorOutput]");
        }
        String mode = text(mock, "fieldValidationMode");
        if (mode != null && !MODES.contains(mode)) {
            throw invalid("fieldValidationMode must be one of " + MODES + ", not '" + mode + "'");
        }
        if (mock.containsKey("result")) {
            return new Mock(text(mock, "result"), null, mode);
        }
        Map<String, @Nullable Object> error = object(mock, "errorOutput");
        known(error, OF_AN_ERROR, "errorOutput");
        return new Mock(null, StatesError.given(text(error, "error"), text(error, "cause")), mode);
    }

    private static TestStateRun.Level level(@Nullable String name) {
        if (name == null) {
            return TestStateRun.Level.INFO;
        }
        for (TestStateRun.Level level : TestStateRun.Level.values()) {
            if (level.name().equals(name)) {
                return level;
            }
        }
        throw invalid(
                "inspectionLevel must be one of " + List.of(TestStateRun.Level.values()) + ", not '" + name + "'");
    }

    private static void known(Map<String, @Nullable Object> json, Set<String> names, String what) {
        for (String name : json.keySet()) {
            if (!names.contains(name)) {
                throw invalid("The member '" + name + "' of " + what + " is not supported");
            }
        }
    }

    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) != null && !(json.get(name) instanceof Map<?, ?>)) {
            throw invalid(name + " must be an object");
        }
        return Json.object(json.get(name));
    }

    private static @Nullable String text(Map<String, @Nullable Object> json, String name) {
        Object value = json.get(name);
        if (value != null && !(value instanceof String)) {
            throw invalid(name + " must be a string");
        }
        return (String) value;
    }

    private static @Nullable Long count(Map<String, @Nullable Object> json, String name) {
        Object value = json.get(name);
        if (value == null) {
            return null;
        }
        // Java callers may have an Integer as well.
        if (!(Json.plain(value) instanceof Long count) || count < 0) {
            throw invalid(name + " must be a whole number that is not negative");
        }
        return count;
    }

    private static @Nullable Object json(Map<String, @Nullable Object> request, String name) {
        try {
            return Json.parse(String.valueOf(text(request, name)));
        } catch (IllegalArgumentException e) {
            throw invalid("Value of '" + name + "' must be valid JSON: " + e.getMessage());
        }
    }

    private static @Nullable Map<String, @Nullable Object> jsonObject(
            Map<String, @Nullable Object> request, String name) {
        if (request.get(name) == null) {
            return null;
        }
        if (json(request, name) instanceof Map<?, ?> map) {
            return Json.object(map);
        }
        throw invalid("Value of '" + name + "' must be a JSON object");
    }

    static TestStateRun.Refused invalid(String message) {
        return new TestStateRun.Refused("ValidationException", message);
    }
}
