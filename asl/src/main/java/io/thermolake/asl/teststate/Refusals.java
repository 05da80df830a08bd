package io.thermolake.asl.teststate;

import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.state.TaskResource;
import java.util.List;
import java.util.Set;

/** What AWS refuses to test, or not without a mock. */
final class Refusals {
    private static final Set<String> WITHOUT_MOCK = Set.of("Pass", "Succeed", "Fail", "Choice", "Wait");
    private static final List<String> SUPPORTED = List.of("Task", "Wait", "Pass", "Succeed", "Fail", "Choice");

    private Refusals() {}

    static void check(State state, TestStateInput request) {
        if (request.mock() == null) {
            if (request.failures() != null) {
                throw TestStateInput.invalid(
                        "TestState does not support MapIterationFailureCount when a mock is not specified.");
            }
            if (!state.inner().isEmpty()) {
                throw new TestStateRun.Refused(
                        "InvalidDefinition",
                        "TestState API does not support Map or Parallel states. Supported state types include: "
                                + SUPPORTED);
            }
            if (state instanceof State.Task task && needsMock(TaskResource.of(task.resource()))) {
                throw new TestStateRun.Refused(
                        "InvalidDefinition",
                        "TestState does not support the resource " + task.resource() + " without a mock");
            }
        } else if (WITHOUT_MOCK.contains(state.type())) {
            throw TestStateInput.invalid("State type '" + state.type() + "' is not supported when a mock is specified");
        }
        configuration(state, request);
    }

    private static boolean needsMock(TaskResource task) {
        return task.family() == TaskResource.Family.ACTIVITY || task.isSync() || task.waitsForToken();
    }

    private static void configuration(State state, TestStateInput request) {
        String failed = request.failed();
        if (failed != null && state.inner().stream().allMatch(scope -> TestedState.find(scope, failed) == null)) {
            throw TestStateInput.invalid("errorCausedByState '" + failed + "' is no state inside of '"
                    + state.common().name() + "'");
        }
        if (request.failures() != null && !(state instanceof State.MapState)) {
            throw TestStateInput.invalid("mapIterationFailureCount is only supported for a Map");
        }
        boolean reads = state instanceof State.MapState map
                && map.distributed() != null
                && map.distributed().reader() != null;
        if (request.items() != null && !reads) {
            throw TestStateInput.invalid("mapItemReaderData is only supported for a Map with an ItemReader");
        }
    }
}
