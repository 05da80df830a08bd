package io.thermolake.asl.internal.engine;

import io.thermolake.asl.Timer;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.StatesError;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a state does in one attempt, by its type. */
final class StateWork {
    private final StateRun run;
    private final ExecutionRun execution;
    private final Attempts attempts;

    StateWork(StateRun run) {
        this.run = run;
        this.execution = run.branch().execution();
        this.attempts = run.attempts();
    }

    /** @throws StatesError when a field cannot be evaluated */
    void begin() {
        State state = run.state();
        if (state instanceof State.Pass pass) {
            run.leave(Exit.of(pass, run.data().effective()));
        } else if (state instanceof State.Task task) {
            begin(task);
        } else if (state instanceof State.Choice choice) {
            choose(choice);
        } else if (state instanceof State.Wait wait) {
            begin(wait);
        } else if (state instanceof State.Succeed) {
            passOn(state);
        } else if (state instanceof State.Fail fail) {
            run.fail(fail.raised(run.data().frame(Map.of())));
        } else if (!isMocked(state)) {
            run.begin(Groups.of(run));
        }
    }

    private void passOn(State state) {
        run.leave(Exit.passed(state, run.data().effective(), state.common().next()));
    }

    private void begin(State.Task task) {
        TaskRun work = new TaskRun(run, task);
        attempts.pending(work::cancel);
        work.start();
    }

    private void begin(State.Wait wait) {
        Duration delay =
                wait.delay().from(execution.engine().timer().now(), run.data().effective());
        attempts.after(delay, Timer.Purpose.WAIT, () -> run.orError(() -> passOn(wait)));
    }

    private void choose(State.Choice choice) {
        Frame frame = run.data().effective();
        Optional<State.Rule> rule = choice.matching(frame);
        if (rule.isPresent()) {
            execution.reached(choice, "Choices", choice.rules().indexOf(rule.get()));
            run.leave(Exit.chosen(choice, rule.get(), frame));
            return;
        }
        if (choice.defaultNext() == null) {
            // AWS names it States.Runtime, not the guide's States.NoChoiceMatched.
            throw StatesError.runtime(
                    "Failed to transition out of the state. The state does not point to a next state.");
        }
        execution.reached(choice, "Default", 0);
        run.leave(Exit.passed(choice, frame, choice.defaultNext()));
    }

    /** TestState runs nothing inside a Parallel or a Map: the mock is what comes out. */
    private boolean isMocked(State state) {
        Inspection inspection = execution.inspection();
        Inspection.Answer answer = inspection == null ? null : inspection.answer();
        if (answer == null) {
            return false;
        }
        if (state instanceof State.MapState map) {
            Groups.inspect(map, run.data().effective(), Objects.requireNonNull(inspection));
        }
        if (answer.error() != null) {
            run.error(answer.error());
        } else {
            run.complete(answer.result());
        }
        return true;
    }
}
