package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;
import static io.thermolake.asl.internal.engine.Details.putInput;
import static io.thermolake.asl.internal.engine.Details.putOutput;

import io.thermolake.asl.Json;
import io.thermolake.asl.Timer;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.PayloadLimit;
import io.thermolake.asl.internal.value.StatesError;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One visit of a state: from the event of its entering to the one of its leaving. What it does is {@link StateWork}'s, what
 * happens to an error {@link ErrorHandling}'s.
 */
final class StateRun {
    private final Branch branch;
    private final State state;
    private final StateData data;
    private final Attempts attempts;
    private final ErrorHandling errors;
    private final long beforeEntered;
    private long enteredEventId;
    /** What runs inside of the state. */
    private @Nullable Group group;

    StateRun(Branch branch, State state, @Nullable Object input) {
        ExecutionRun execution = branch.execution();
        this.branch = branch;
        this.state = state;
        this.attempts = new Attempts(execution);
        this.errors = new ErrorHandling(this, execution.inspection());
        this.data =
                new StateData(branch, state, input, execution.engine().timer().now(), errors);
        this.beforeEntered = branch.trail().last();
        this.enteredEventId = beforeEntered;
    }

    Branch branch() {
        return branch;
    }

    State state() {
        return state;
    }

    String name() {
        return state.common().name();
    }

    StateData data() {
        return data;
    }

    Attempts attempts() {
        return attempts;
    }

    void enter() {
        Map<String, @Nullable Object> details = details("name", name());
        putInput(details, Json.text(data.input()));
        enteredEventId = branch.trail().add(state.type() + "StateEntered", "stateEnteredEventDetails", details);
        branch.execution().reached(state, "", 0);
        branch.execution().moved();
        // Not called: queued, or a long chain of states without tasks would overflow the stack.
        attempts.step(this::attempt);
    }

    /** Goes on without entering the state anew. @param inside what had become of its group, or null */
    void goOn(@Nullable Object inside) {
        if (state instanceof State.Fail) {
            // "Reenters the Fail state and fails again", says AWS's guide.
            attempts.step(() -> branch.enter(name(), data.input()));
        } else if (inside == null) {
            attempts.step(this::attempt);
        } else {
            try {
                Group restored = Groups.of(this);
                group = restored;
                restored.restore(inside);
            } catch (StatesError e) {
                attempts.step(() -> error(e));
            }
        }
    }

    private void attempt() {
        attempts.begin();
        orError(() -> new StateWork(this).begin());
    }

    void orError(Runnable action) {
        try {
            action.run();
        } catch (StatesError e) {
            error(e);
        }
    }

    void begin(Group inside) {
        group = inside;
        inside.start();
    }

    /** The work is done: of a Task, a Parallel, a Map. */
    void complete(@Nullable Object result) {
        Group finished = group;
        group = null;
        try {
            Frame frame = data.effective().with("result", result);
            frame.notes().note("result", result);
            leave(Exit.worked(state, frame, result));
        } catch (StatesError e) {
            // A redrive keeps an inline group's results, unless they were too large; a Map run begins anew.
            if (finished instanceof Children && !StatesError.DATA_LIMIT.equals(e.error)) {
                group = finished;
            }
            error(e);
        }
    }

    /** @throws StatesError when the output or the variables are too large */
    void leave(Exit exit) {
        Object output = exit.outcome().output();
        String text = Json.text(output);
        if (PayloadLimit.isExceededBy(text)) {
            throw PayloadLimit.byResultOf(name());
        }
        Map<String, @Nullable Object> details = details("name", name());
        putOutput(details, text);
        Map<String, @Nullable Object> assigned = exit.outcome().assigned();
        if (assigned != null && !assigned.isEmpty()) {
            details.put("assignedVariables", branch.variables().assign(assigned, name()));
            details.put("assignedVariablesDetails", details("truncated", false));
        }
        branch.trail().add(state.type() + "StateExited", "stateExitedEventDetails", details);
        attempts.end();
        branch.left(exit.next(), output);
    }

    /** Retry, then Catch, then the branch fails. */
    void error(StatesError raised) {
        errors.handle(raised, beforeEntered, enteredEventId);
    }

    /** Takes back the attempt at hand: its task, its timer, what runs inside of it. */
    void abandon() {
        attempts.cancelPending();
        attempts.pending(() -> {});
        if (group != null) {
            group.cancel();
        }
    }

    /** Another attempt, later. */
    void attemptAfter(Duration delay) {
        group = null;
        attempts.end();
        attempts.after(delay, Timer.Purpose.RETRY, this::attempt);
    }

    /** Goes on at a catcher's state. */
    void leaveByCatch(State.Catcher catcher, Map<String, @Nullable Object> errorOutput) {
        group = null;
        leave(Exit.caught(state, catcher, data.frame(Map.of()), errorOutput));
    }

    void fail(StatesError error) {
        attempts.end();
        branch.failed(error);
    }

    /** Nothing that still answers is heard. */
    void cancel() {
        attempts.end();
        attempts.cancelPending();
        if (group != null) {
            group.cancel();
        }
    }

    /** Records as aborted what runs inside of the state. */
    void recordAborted() {
        if (group != null) {
            group.recordAborted();
        }
    }

    /** What there is of the state's group to go on from, or null. */
    @Nullable
    Object snapshot() {
        return group == null ? null : group.snapshot();
    }
}
