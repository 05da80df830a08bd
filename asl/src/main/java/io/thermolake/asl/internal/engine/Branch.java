package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.StatesError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk through a scope's states: the machine itself, a branch of a Parallel, an iteration of a Map. What it does in a
 * state is {@link StateRun}'s.
 */
final class Branch {
    /** Where a branch's end goes. */
    interface End {
        void succeeded(@Nullable Object output);

        void failed(StatesError error);
    }

    private static final Set<String> ABORTABLE = Set.of("Task", "Wait", "Parallel", "Map");

    private final ExecutionRun execution;
    private final @Nullable Branch parent;
    private final State.Scope scope;
    private final Map<String, @Nullable Object> context;
    private final End end;
    private final VariableScope variables;
    private final Trail trail;
    private @Nullable StateRun current;

    /** @param context what the context object has besides inside of this branch, {@code Map.Item} */
    Branch(
            ExecutionRun execution,
            @Nullable Branch parent,
            State.Scope scope,
            Map<String, @Nullable Object> context,
            End end) {
        this.execution = execution;
        this.parent = parent;
        this.scope = scope;
        this.context = context;
        this.end = end;
        this.trail = new Trail(execution.history());
        this.variables = new VariableScope(parent == null ? null : parent.variables);
    }

    ExecutionRun execution() {
        return execution;
    }

    VariableScope variables() {
        return variables;
    }

    Trail trail() {
        return trail;
    }

    /** What the branches around this one and itself add to the context object. */
    Map<String, @Nullable Object> context() {
        Map<String, @Nullable Object> all = parent == null ? new LinkedHashMap<>() : parent.context();
        all.putAll(context);
        return all;
    }

    void enter(String name, @Nullable Object input) {
        State next = Objects.requireNonNull(scope.states().get(name), () -> "The state " + name + " is missing");
        StateRun entered = new StateRun(this, next, input);
        current = entered;
        entered.enter();
    }

    /** The state at hand is over. @param next null where the scope ends */
    void left(@Nullable String next, @Nullable Object output) {
        Inspection inspection = execution.inspection();
        if (inspection != null) {
            inspection.left(next);
        }
        if (next == null || inspection != null) {
            variables.close();
            end.succeeded(output);
        } else {
            enter(next, output);
        }
    }

    /** Nothing took the error of the state at hand. */
    void failed(StatesError error) {
        variables.close();
        end.failed(error);
    }

    /** Takes back what is under way; nothing that still answers is heard. */
    void cancel() {
        variables.close();
        if (current != null) {
            current.cancel();
        }
    }

    /** Records as aborted what a failing sibling interrupts. */
    void recordAborted() {
        if (current != null) {
            current.recordAborted();
            if (ABORTABLE.contains(current.state().type())) {
                trail.aside(trail.last(), current.state().type() + "StateAborted", "", Map.of());
            }
        }
    }

    /** The task whose failure ends the branch was still in its state. */
    void recordAbortedTask() {
        if (current != null && current.state() instanceof State.Task) {
            trail.aside(trail.last(), "TaskStateAborted", "", Map.of());
        }
    }

    /** The branch as JSON, to go on from. */
    Map<String, @Nullable Object> snapshot() {
        Map<String, @Nullable Object> snapshot = details("state", current == null ? scope.startAt() : current.name());
        snapshot.put("input", current == null ? null : current.data().input());
        snapshot.put("variables", variables.own());
        Object inside = current == null ? null : current.snapshot();
        if (inside != null) {
            snapshot.put("children", inside);
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
        State state = scope.states().get(name);
        if (state == null) {
            throw new IllegalStateException("The definition has no state " + name + " to go on from");
        }
        StateRun restored = new StateRun(this, state, snapshot.get("input"));
        current = restored;
        restored.goOn(snapshot.get("children"));
    }
}
