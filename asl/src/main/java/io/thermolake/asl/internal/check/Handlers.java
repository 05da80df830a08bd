package io.thermolake.asl.internal.check;

import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.StatesError;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Warnings about a state's Retry and Catch: names that nobody raises, entries that no error reaches. */
final class Handlers {
    /** Errors that only some kinds of states raise, with what must be there for them to. */
    private static final Map<String, String> ONLY_WITH = Map.of(
            StatesError.HEARTBEAT_TIMEOUT,
            "a Task with HeartbeatSeconds",
            StatesError.ITEM_READER,
            "a Map with an ItemReader",
            StatesError.RESULT_WRITER,
            "a Map with a ResultWriter",
            StatesError.TOLERATED,
            "a distributed Map",
            "States.NoChoiceMatched",
            "a Choice",
            "States.BranchFailed",
            "a Parallel");
    /** What States.TaskFailed leaves for those after it. */
    private static final Set<String> NOT_TASK_FAILED =
            Set.of(StatesError.TIMEOUT, StatesError.HEARTBEAT_TIMEOUT, StatesError.ALL);

    private final Problems problems;
    private final State state;

    Handlers(Problems problems, State state) {
        this.problems = problems;
        this.state = state;
    }

    void check(String here) {
        State.Common common = state.common();
        each(common.retriers().stream().map(State.Retrier::errors).toList(), here + "/Retry");
        each(common.catchers().stream().map(State.Catcher::errors).toList(), here + "/Catch");
    }

    private void each(List<List<String>> all, String here) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            List<String> errors = all.get(i);
            String at = here + "[" + i + "]";
            errors.forEach(error -> name(error, at + "/ErrorEquals"));
            if (!errors.isEmpty() && errors.stream().allMatch(error -> isTaken(error, taken))) {
                never("Every error that it names is taken by one before it: " + errors, at);
            }
            taken.addAll(errors);
        }
    }

    private static boolean isTaken(String error, Set<String> taken) {
        return taken.contains(error)
                || (taken.contains(StatesError.TIMEOUT) && error.equals(StatesError.HEARTBEAT_TIMEOUT))
                || (taken.contains(StatesError.TASK_FAILED) && !NOT_TASK_FAILED.contains(error));
    }

    private void name(String error, String at) {
        String problem = ErrorNames.problem(error);
        if (problem != null) {
            problems.warning("UNKNOWN_ERROR_NAME", problem, at);
        } else if (error.equals(StatesError.RUNTIME)) {
            never("States.Runtime ends the execution: it is never retried and never caught", at);
        } else if (ONLY_WITH.containsKey(error) && state instanceof State.Task task && !raises(task, error)) {
            never("Only " + ONLY_WITH.get(error) + " raises " + error, at);
        }
    }

    private static boolean raises(State.Task task, String error) {
        return error.equals(StatesError.HEARTBEAT_TIMEOUT) && task.heartbeatSeconds() != null;
    }

    private void never(String message, String at) {
        problems.warning("NEVER_MATCHES", message, at);
    }
}
