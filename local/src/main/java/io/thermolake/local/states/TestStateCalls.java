package io.thermolake.local.states;

import io.thermolake.asl.Json;
import io.thermolake.asl.Resources;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskHandler;
import io.thermolake.asl.TaskRequest;
import io.thermolake.asl.teststate.TestStateRun;
import io.thermolake.local.aws.SdkJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.InspectionData;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;

/**
 * TestState: a state on its own, in virtual time, with a mock or with the laptop's own functions and services. Nothing is a
 * secret here, so revealSecrets reveals nothing more.
 */
final class TestStateCalls {
    /** "The TestState API can run for up to five minutes." */
    private static final long MOST_SECONDS = 300;

    private final Resources tasks;
    private final MockModels mocks;

    /** @param tasks who does a Task's work when there is no mock */
    TestStateCalls(Resources tasks, MockModels mocks) {
        this.tasks = tasks;
        this.mocks = mocks;
    }

    TestStateResponse test(TestStateRequest request) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(Json.object(Json.plain(SdkJson.write(request))));
        if (request.mock() == null) {
            json.remove("revealSecrets");
        }
        String definition = String.valueOf(json.remove("definition"));
        check(String.valueOf(state(definition, request.stateName()).get("Resource")), request);
        Map<String, @Nullable Object> answer;
        try {
            answer = TestStateRun.run(definition, json, this::find, mocks);
        } catch (TestStateRun.Refused e) {
            throw e.code().equals("InvalidDefinition")
                    ? SfnErrors.invalidDefinition(String.valueOf(e.getMessage()))
                    : SfnErrors.invalid(String.valueOf(e.getMessage()));
        }
        TestStateResponse.Builder response = TestStateResponse.builder()
                .status(String.valueOf(answer.get("status")))
                .error((String) answer.get("error"))
                .cause((String) answer.get("cause"))
                .nextState((String) answer.get("nextState"));
        if (answer.containsKey("output")) {
            response.output(Json.text(answer.get("output")));
        }
        if (answer.get("inspectionData") instanceof Map<?, ?> data) {
            response.inspectionData((InspectionData) SdkJson.read(InspectionData.builder(), data));
        }
        return response.build();
    }

    private static Map<String, @Nullable Object> state(String definition, @Nullable String name) {
        try {
            Map<String, @Nullable Object> json = Json.object(Json.parse(definition));
            return json.containsKey("States")
                    ? MapStates.state(json, name == null ? String.valueOf(json.get("StartAt")) : name)
                    : json;
        } catch (IllegalArgumentException e) {
            // The test itself says what is wrong.
            return Map.of();
        }
    }

    /** Refuses a mode that nobody here can check. */
    private void check(String resource, TestStateRequest request) {
        String mode = request.mock() == null ? null : request.mock().fieldValidationModeAsString();
        if (mode != null && !mode.equals("NONE") && resource.startsWith("arn:") && !mocks.knows(resource)) {
            throw SfnErrors.invalid("The laptop cloud has no model of " + resource + ": fieldValidationMode " + mode
                    + " cannot be checked, NONE can be given");
        }
    }

    private @Nullable TaskHandler find(String resource) {
        TaskHandler handler = tasks.find(resource);
        return handler == null ? null : request -> waitFor(handler, request);
    }

    /** The state's clock is virtual: it must not go on before the real answer is there. */
    private static CompletionStage<?> waitFor(TaskHandler handler, TaskRequest request) {
        CompletableFuture<?> answer = handler.start(request).toCompletableFuture();
        try {
            answer.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            request.cancelled().complete(null);
            return CompletableFuture.failedFuture(new TaskException("States.Timeout", null));
        } catch (java.util.concurrent.ExecutionException e) {
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(new TaskException("States.Runtime", "The laptop cloud stops"));
        }
        return answer;
    }
}
