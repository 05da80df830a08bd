package io.thermolake.asl;

import static io.thermolake.asl.Execution.details;

import io.thermolake.asl.path.Roots;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk through a scope's states: the machine itself, a branch of a Parallel, an iteration of a Map. Longer than a page
 * since it is the interpreter: what a state does, and what all share (transitions, the context object, snapshots). What
 * happens to an error is {@link ErrorHandling}'s, what runs inside a state {@link Groups}'.
 */
final class Branch {
    /** Where a branch's end goes. */
    interface End {
        void succeeded(@Nullable Object output);

        void failed(StatesError error);
    }

    /** AWS's limit of a state's input, output and result, in bytes of UTF-8. */
    static final int PAYLOAD_LIMIT = 262_144;

    private static final Set<String> ABORTABLE = Set.of("Task", "Wait", "Parallel", "Map");

    private final Execution execution;
    private final @Nullable Branch parent;
    private final State.Scope scope;
    private final Map<String, @Nullable Object> context;
    private final End end;
    private final VariableScope variables;
    private final @Nullable Inspection inspection;
    private final ErrorHandling errors;

    private @Nullable State state;
    private @Nullable Object input;
    private Instant entered = Instant.EPOCH;
    private long enteredEventId;
    private long beforeEntered;
    private long lastEventId;
    /** Counts entries and attempts: an answer that comes for an older one is not wanted any more. */
    private int turn;

    private Runnable cancelPending = () -> {};
    private @Nullable Group children;

    Branch(
            Execution execution,
            @Nullable Branch parent,
            State.Scope scope,
            Map<String, @Nullable Object> context,
            End end) {
        this.execution = execution;
        this.parent = parent;
        this.scope = scope;
        this.context = context;
        this.end = end;
        this.inspection = execution.inspection();
        this.errors = new ErrorHandling(this, inspection);
        this.variables = new VariableScope(parent == null ? null : parent.variables);
    }

    VariableScope variables() {
        return variables;
    }

    long lastEventId() {
        return lastEventId;
    }

    String stateName() {
        return current().common().name();
    }

    /** Lets the next event follow this one. */
    void hang(long eventId) {
        lastEventId = eventId;
    }

    void enter(String name, @Nullable Object stateInput) {
        State next = Objects.requireNonNull(scope.states().get(name), () -> "The state " + name + " is missing");
        state = next;
        input = stateInput;
        entered = execution.engine().timer().now();
        errors.entered();
        Map<String, @Nullable Object> details = details("name", name);
        details.put("input", Json.text(stateInput));
        details.put("inputDetails", details("truncated", false));
        beforeEntered = lastEventId;
        enteredEventId = event(next.type() + "StateEntered", "stateEnteredEventDetails", details);
        execution.reached(next, "", 0);
        execution.moved();
        int mine = ++turn;
        // Not called: queued, or a long chain of states without tasks would overflow the stack.
        step(mine, this::attempt);
    }

    private void attempt() {
        State current = current();
        int mine = ++turn;
        cancelPending = () -> {};
        try {
            if (current instanceof State.Pass pass) {
                pass(pass);
            } else if (current instanceof State.Task task) {
                task(task, mine);
            } else if (current instanceof State.Choice choice) {
                choice(choice);
            } else if (current instanceof State.Wait wait) {
                wait(wait, mine);
            } else if (current instanceof State.Succeed) {
                pass();
            } else if (current instanceof State.Fail fail) {
                fail(fail);
            } else {
                if (mocked(current)) {
                    return;
                }
                Group group = Groups.of(this, current);
                children = group;
                group.start();
            }
        } catch (StatesError e) {
            error(e);
        }
    }

    private void pass(State.Pass pass) {
        Frame frame = effectiveFrame();
        Object result = pass.result() == null
                ? current().common().flow().arguments(frame)
                : frame.noted("result", pass.result().get(frame));
        leave(
                current().common().flow().worked(frame, result),
                current().common().next());
    }

    /** Wait and Succeed: the input goes on. */
    private void pass() {
        Flow flow = current().common().flow();
        leave(
                flow.passed(effectiveFrame(), flow.assign(), flow.output()),
                current().common().next());
    }

    private void task(State.Task task, int mine) {
        String[] machine = execution.identity().machineArn().split(":", 5);
        TaskRun run = new TaskRun(
                execution.engine(), task, new TaskOfBranch(this, mine), machine.length == 5 ? machine[3] : null);
        cancelPending = run::cancel;
        run.start();
    }

    private void choice(State.Choice choice) {
        Flow flow = choice.common().flow();
        Frame frame = effectiveFrame();
        for (State.Rule rule : choice.rules()) {
            if (rule.condition().test(frame)) {
                execution.reached(choice, "Choices", choice.rules().indexOf(rule));
                leave(
                        flow.passed(frame, rule.assign(), rule.output() == null ? flow.output() : rule.output()),
                        rule.next());
                return;
            }
        }
        if (choice.defaultNext() == null) {
            // AWS names it States.Runtime, not the guide's States.NoChoiceMatched.
            throw StatesError.runtime(
                    "Failed to transition out of the state. The state does not point to a next state.");
        }
        execution.reached(choice, "Default", 0);
        leave(flow.passed(frame, flow.assign(), flow.output()), choice.defaultNext());
    }

    private void wait(State.Wait wait, int mine) {
        Duration delay = wait.delay().from(execution.engine().timer().now(), effectiveFrame());
        cancelPending = execution
                .engine()
                .timer()
                .schedule(
                        delay,
                        Timer.Purpose.WAIT,
                        () -> step(mine, () -> {
                            try {
                                pass();
                            } catch (StatesError e) {
                                error(e);
                            }
                        }));
    }

    private void fail(State.Fail fail) {
        Frame frame = frame(Map.of()).at(input);
        fail(StatesError.given(text(fail.error(), frame), text(fail.cause(), frame)));
    }

    private static @Nullable String text(@Nullable Value value, Frame frame) {
        if (value == null) {
            return null;
        }
        Object given = value instanceof Template template ? template.get(frame, "string") : value.get(frame);
        return given instanceof String text ? text : Json.text(given);
    }

    /** TestState runs nothing inside a Parallel or a Map: the mock is what comes out. */
    private boolean mocked(State current) {
        Inspection.Answer answer = inspection == null ? null : inspection.answer();
        if (answer == null) {
            return false;
        }
        if (current instanceof State.MapState map) {
            Groups.inspect(map, effectiveFrame(), java.util.Objects.requireNonNull(inspection));
        }
        if (answer.error() != null) {
            error(answer.error());
        } else {
            complete(answer.result());
        }
        return true;
    }

    /** The work is done: of a Task, a Parallel, a Map. */
    void complete(@Nullable Object result) {
        Group finished = children;
        children = null;
        try {
            Frame frame = frame(Map.of());
            frame = frame.at(current().common().flow().effective(frame)).with("result", result);
            frame.notes().note("result", result);
            leave(
                    current().common().flow().worked(frame, result),
                    current().common().next());
        } catch (StatesError e) {
            // A redrive keeps an inline group's results, unless they were too large; a Map run begins anew.
            if (finished instanceof Children && !StatesError.DATA_LIMIT.equals(e.error)) {
                children = finished;
            }
            error(e);
        }
    }

    private void leave(Flow.Outcome outcome, @Nullable String next) {
        String text = Json.text(outcome.output());
        if (Json.bytes(text) > PAYLOAD_LIMIT) {
            throw StatesError.given(StatesError.DATA_LIMIT, tooLarge(stateName()));
        }
        Map<String, @Nullable Object> details = details("name", stateName());
        details.put("output", text);
        details.put("outputDetails", details("truncated", false));
        if (outcome.assigned() != null && !outcome.assigned().isEmpty()) {
            details.put("assignedVariables", variables.assign(outcome.assigned(), stateName()));
            details.put("assignedVariablesDetails", details("truncated", false));
        }
        event(current().type() + "StateExited", "stateExitedEventDetails", details);
        turn++;
        if (inspection != null) {
            inspection.left(next);
        }
        if (next == null || inspection != null) {
            variables.close();
            end.succeeded(outcome.output());
        } else {
            enter(next, outcome.output());
        }
    }

    static String tooLarge(String what) {
        return "The state/task '" + what
                + "' returned a result with a size exceeding the maximum number of bytes service limit.";
    }

    /** Retry, then Catch, then the branch fails. */
    void error(StatesError raised) {
        errors.handle(raised, beforeEntered, enteredEventId);
    }

    /** Takes back the attempt at hand: its task, its timer, what runs inside of it. */
    void abandon() {
        cancelPending.run();
        cancelPending = () -> {};
        if (children != null) {
            children.cancel();
        }
    }

    /** Another attempt of the state, later. */
    void attemptAfter(Duration delay) {
        children = null;
        int mine = ++turn;
        cancelPending =
                execution.engine().timer().schedule(delay, Timer.Purpose.RETRY, () -> step(mine, this::attempt));
    }

    /** Goes on at a catcher's state. */
    void leaveByCatch(State.Catcher catcher, Map<String, @Nullable Object> errorOutput) {
        children = null;
        leave(current().common().flow().caught(frame(Map.of()), errorOutput, catcher), catcher.next());
    }

    void fail(StatesError error) {
        turn++;
        variables.close();
        end.failed(error);
    }

    Frame effectiveFrame() {
        Frame frame = frame(Map.of());
        return frame.at(current().common().flow().effective(frame));
    }

    Frame frame(Map<String, @Nullable Object> more) {
        return new Frame(
                input,
                new Roots(
                        input,
                        () -> contextObject(more),
                        variables.visible(),
                        execution.engine().random()),
                Map.of(),
                execution.notes());
    }

    private Map<String, @Nullable Object> contextObject(Map<String, @Nullable Object> more) {
        Map<String, @Nullable Object> mine = details("Name", stateName());
        mine.put("EnteredTime", Execution.iso(entered));
        if (current() instanceof State.Task
                || current() instanceof State.Parallel
                || current() instanceof State.MapState) {
            mine.put("RetryCount", errors.retryCount());
        }
        Map<String, @Nullable Object> all = allContext();
        all.putAll(more);
        return execution.context(mine, all);
    }

    private Map<String, @Nullable Object> allContext() {
        Map<String, @Nullable Object> all = parent == null ? new LinkedHashMap<>() : parent.allContext();
        all.putAll(context);
        return all;
    }

    /** Takes back what is under way; nothing that still answers is heard. */
    void cancel() {
        turn++;
        variables.close();
        cancelPending.run();
        if (children != null) {
            children.cancel();
        }
    }

    /** Records as aborted what a failing sibling interrupts. */
    void recordAborted() {
        if (children != null) {
            children.recordAborted();
        }
        if (state != null && ABORTABLE.contains(state.type())) {
            sideEvent(lastEventId, state.type() + "StateAborted", "", Map.of());
        }
    }

    /** The task whose failure ends the branch was still in its state. */
    void recordAbortedTask() {
        if (state instanceof State.Task) {
            sideEvent(lastEventId, "TaskStateAborted", "", Map.of());
        }
    }

    Execution execution() {
        return execution;
    }

    State current() {
        return Objects.requireNonNull(state, "no state was entered");
    }

    long event(String type, String detailsKey, Map<String, @Nullable Object> details) {
        // The very first state event has previousEventId 0, like ExecutionStarted itself.
        lastEventId = execution.event(lastEventId, type, detailsKey, details);
        return lastEventId;
    }

    /** An event that nothing follows: the next one hangs where this one does. */
    long sideEvent(long previous, String type, String detailsKey, Map<String, @Nullable Object> details) {
        return execution.event(previous, type, detailsKey, details);
    }

    /** Runs something in the execution's lane, as part of the attempt at hand. */
    void stepNow(Runnable action) {
        step(turn, action);
    }

    /** The same, as part of an attempt that may be over meanwhile. */
    void step(int mine, Runnable action) {
        execution.step(() -> {
            if (mine == turn && !execution.isOver()) {
                action.run();
            }
        });
    }

    /** The branch as JSON, to go on from. */
    Map<String, @Nullable Object> snapshot() {
        Map<String, @Nullable Object> snapshot = details(
                "state", state == null ? scope.startAt() : state.common().name());
        snapshot.put("input", input);
        snapshot.put("variables", variables.own());
        Object group = children == null ? null : children.snapshot();
        if (group != null) {
            snapshot.put("children", group);
        }
        return snapshot;
    }

    /**
     * Goes on at the snapshot's state without entering it anew. All that is done is queued: until the whole tree of branches
     * is there again, nothing may move.
     */
    void restore(Map<String, @Nullable Object> snapshot) {
        variables.begin(Json.object(snapshot.get("variables")));
        String name = String.valueOf(snapshot.get("state"));
        State restored = scope.states().get(name);
        if (restored == null) {
            throw new IllegalStateException("The definition has no state " + name + " to go on from");
        }
        state = restored;
        input = snapshot.get("input");
        entered = execution.engine().timer().now();
        enteredEventId = lastEventId;
        beforeEntered = lastEventId;
        int mine = ++turn;
        if (restored instanceof State.Fail) {
            // "Reenters the Fail state and fails again", says AWS's guide.
            step(mine, () -> enter(name, input));
        } else if (snapshot.get("children") == null) {
            step(mine, this::attempt);
        } else {
            try {
                Group group = Groups.of(this, restored);
                children = group;
                group.restore(snapshot.get("children"));
            } catch (StatesError e) {
                step(mine, () -> error(e));
            }
        }
    }
}
