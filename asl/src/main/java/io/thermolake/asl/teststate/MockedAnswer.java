package io.thermolake.asl.teststate;

import io.thermolake.asl.Json;
import io.thermolake.asl.Resources;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.internal.engine.Inspection;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.StatesError;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a mock stands for: the result, or the error, of the state's work. */
final class MockedAnswer {
    private MockedAnswer() {}

    /** The mock as the state gets it, null without one. @throws TestStateRun.Refused when it cannot be the state's result */
    static Inspection.@Nullable Answer of(State state, TestStateInput request, @Nullable MockCheck mocks) {
        TestStateInput.Mock mock = request.mock();
        if (mock == null) {
            return null;
        }
        if (mock.error() != null) {
            return new Inspection.Answer(null, mock.error());
        }
        Object result;
        try {
            result = Json.parse(String.valueOf(mock.result()));
        } catch (IllegalArgumentException e) {
            throw TestStateInput.invalid("Mocked result must be valid JSON");
        }
        fields(state, mock.mode(), result, mocks);
        if (state instanceof State.Parallel parallel
                && (!(result instanceof List<?> list)
                        || list.size() != parallel.branches().size())) {
            throw TestStateInput.invalid(
                    "Mocked result must contain the same number of items as number of Parallel branches.");
        }
        if (state instanceof State.MapState map) {
            boolean written = map.distributed() != null && map.distributed().writer() != null;
            if (!written && !(result instanceof List<?>)) {
                throw TestStateInput.invalid("Mocked result must be an array.");
            }
            if (written && !(result instanceof List<?>) && !(result instanceof Map<?, ?>)) {
                throw TestStateInput.invalid("Mocked result must be an object.");
            }
            long failures = request.failures() == null ? 0 : request.failures();
            if (tooManyFailed(map, failures, result, request.input())) {
                return new Inspection.Answer(null, StatesError.tooManyFailed());
            }
        }
        return new Inspection.Answer(result, null);
    }

    private static void fields(State state, @Nullable String mode, @Nullable Object result, @Nullable MockCheck mocks) {
        if ("NONE".equals(mode)) {
            return;
        }
        if (mocks == null) {
            if (mode != null) {
                throw TestStateInput.invalid(
                        "fieldValidationMode " + mode + " needs a model of the service, and this engine has none");
            }
        } else if (state instanceof State.Task task) {
            String problem = mocks.problem(task.resource(), result, "PRESENT".equals(mode));
            if (problem != null) {
                throw TestStateInput.invalid("Mock result schema validation error: " + problem);
            }
        }
    }

    /** AWS asks only when the definition has a bound. */
    private static boolean tooManyFailed(
            State.MapState map, long failed, @Nullable Object result, @Nullable Object input) {
        State.Distributed distributed = map.distributed();
        if (distributed == null || failed == 0) {
            return false;
        }
        Frame frame = new Frame(
                input,
                new io.thermolake.asl.internal.path.Roots(input, Map::of, Map.of(), new Random(1)),
                Map.of(),
                Frame.Notes.NONE);
        int total = Json.list(result).size();
        boolean byCount = distributed.toleratedCount().isGiven()
                && failed > distributed.toleratedCount().whole(frame);
        boolean byShare = distributed.toleratedPercentage().isGiven()
                && failed * 100.0 > distributed.toleratedPercentage().number(frame) * total;
        return byCount || byShare;
    }

    /** In the place of who does a Task's work. */
    static Resources asResources(Inspection.Answer answer) {
        return resource -> task -> {
            String token = task.token();
            StatesError error = answer.error();
            if (token == null) {
                return error == null
                        ? CompletableFuture.completedFuture(answer.result())
                        : CompletableFuture.failedFuture(new TaskException(error.error, error.cause));
            }
            if (error == null) {
                task.tokens().succeed(token, answer.result());
            } else {
                task.tokens().fail(token, error.error, error.cause);
            }
            return CompletableFuture.completedFuture(Map.of());
        };
    }
}
