package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;
import static io.thermolake.asl.internal.engine.Details.putInput;
import static io.thermolake.asl.internal.engine.Details.putOutput;
import static io.thermolake.asl.internal.engine.Details.reason;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.Timer;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.StatesError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of a definition, from its first event to its last.
 */
final class ExecutionRun implements Execution {
    /**
     * What an execution is of.
     *
     * @param redriveCount how often it was redriven, this time included
     */
    record Given(
            State.Scope scope,
            Optional<Long> timeoutSeconds,
            ExecutionIdentity identity,
            @Nullable Object input,
            int redriveCount) {}

    private final Core engine;
    private final Given given;
    private final ExecutionListener listener;
    private final CompletableFuture<ExecutionResult> result = new CompletableFuture<>();
    private final Lane lane;
    private final History history;
    private final Branch root;
    private final @Nullable Inspection inspection;
    /** The children of distributed Maps, as long as they run; null until there is one, since most executions have none. */
    private @Nullable Set<ExecutionRun> children;

    private boolean over;
    /** What a redrive of a child needs, where its parent wants to know; read from the parent's lane. */
    private volatile @Nullable Map<String, @Nullable Object> resumable;

    private boolean keepsResumable;
    private Runnable cancelTimeout = () -> {};

    /**
     * @param lastEventId the id of the history's last event, 0 for a new execution
     * @param inspection set when only the first state is to be run: TestState
     */
    ExecutionRun(
            Core engine, Given given, ExecutionListener listener, long lastEventId, @Nullable Inspection inspection) {
        this.engine = engine;
        this.given = given;
        this.listener = listener;
        this.inspection = inspection;
        this.lane = new Lane(engine.executor(), this::stepFailed);
        this.history = new History(listener, engine.timer(), lastEventId);
        this.root = new Branch(this, null, given.scope(), Map.of(), new Branch.End() {
            @Override
            public void succeeded(@Nullable Object output) {
                Map<String, @Nullable Object> details = new LinkedHashMap<>();
                putOutput(details, Json.text(output));
                history.append(root().trail().last(), "ExecutionSucceeded", "executionSucceededEventDetails", details);
                over(new ExecutionResult.Succeeded(output));
            }

            @Override
            public void failed(StatesError error) {
                ExecutionRun.this.failed(root().trail().last(), error.error, error.cause);
            }
        });
    }

    private Branch root() {
        return root;
    }

    @Override
    public CompletableFuture<ExecutionResult> result() {
        return result;
    }

    @Override
    public void stop(@Nullable String error, @Nullable String cause) {
        step(() -> {
            if (!over) {
                root.cancel();
                history.append(
                        0,
                        "ExecutionAborted",
                        "executionAbortedEventDetails",
                        reason(new LinkedHashMap<>(), error, cause));
                over(new ExecutionResult.Aborted(error, cause));
            }
        });
    }

    void begin() {
        begin(Map.of());
    }

    /** @param variables what states before the first one would have assigned */
    void begin(Map<String, @Nullable Object> variables) {
        listener.begun(this);
        step(() -> {
            root.variables().begin(variables);
            Map<String, @Nullable Object> details = new LinkedHashMap<>();
            putInput(details, Json.text(given.input()));
            details.put("roleArn", identity().roleArn());
            history.append(0, "ExecutionStarted", "executionStartedEventDetails", details);
            startTimeout();
            root.enter(given.scope().startAt(), given.input());
        });
    }

    void goOn(Map<String, @Nullable Object> snapshot) {
        listener.begun(this);
        step(() -> {
            root.trail()
                    .follow(history.append(
                            history.lastEventId(),
                            "ExecutionRedriven",
                            "executionRedrivenEventDetails",
                            details("redriveCount", (long) given.redriveCount())));
            startTimeout();
            root.restore(snapshot);
        });
    }

    private void startTimeout() {
        given.timeoutSeconds()
                .ifPresent(seconds -> cancelTimeout = engine.timer()
                        .schedule(Duration.ofSeconds(seconds), Timer.Purpose.TIMEOUT, () -> step(this::timedOut)));
    }

    private void timedOut() {
        if (!over) {
            root.cancel();
            history.append(
                    0, "ExecutionTimedOut", "executionTimedOutEventDetails", details("error", StatesError.TIMEOUT));
            over(new ExecutionResult.TimedOut());
        }
    }

    private void failed(long lastEventId, @Nullable String error, @Nullable String cause) {
        history.append(
                lastEventId,
                "ExecutionFailed",
                "executionFailedEventDetails",
                reason(new LinkedHashMap<>(), error, cause));
        over(new ExecutionResult.Failed(error, cause));
    }

    private void over(ExecutionResult outcome) {
        over = true;
        cancelTimeout.run();
        if (outcome instanceof ExecutionResult.Succeeded) {
            result.complete(outcome);
            return;
        }
        // The last snapshot is of what everything has come to, stopped children too: a redrive goes on from it.
        Set<ExecutionRun> running = children == null ? Set.of() : children;
        CompletableFuture<?>[] stopping =
                running.stream().map(ExecutionRun::result).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(stopping)
                .thenRun(() -> step(() -> {
                    moved();
                    result.complete(outcome);
                }));
    }

    private void stepFailed(Throwable why) {
        if (why instanceof History.Full) {
            long previous = root.trail().last();
            root.cancel();
            failed(previous, StatesError.RUNTIME, why.getMessage());
        } else {
            broken(why);
        }
    }

    /** A defect of the engine or of a listener must end the execution, not leave it running for ever. */
    private void broken(Throwable why) {
        if (result.isDone()) {
            return;
        }
        over = true;
        cancelTimeout.run();
        try {
            root.cancel();
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
        result.complete(new ExecutionResult.Failed(StatesError.RUNTIME, "The engine failed: " + why));
    }

    boolean isOver() {
        return over;
    }

    /** Another execution is part of this one until it ends. */
    void adopt(ExecutionRun child) {
        child.keepsResumable = !child.identity().express() && (keepsResumable || listener.wantsSnapshots());
        Set<ExecutionRun> all = children == null ? ConcurrentHashMap.newKeySet() : children;
        children = all;
        all.add(child);
        child.result.thenRun(() -> all.remove(child));
    }

    /** Where the execution was when it last moved, to go on from; null when it has not moved, or nobody wants to know. */
    @Nullable
    Map<String, @Nullable Object> resumable() {
        return resumable;
    }

    void moved() {
        if (keepsResumable) {
            Map<String, @Nullable Object> kept = details("frame", root.snapshot());
            kept.put("lastEventId", history.lastEventId());
            kept.put("redriveCount", (long) given.redriveCount());
            resumable = kept;
        }
        if (listener.wantsSnapshots()) {
            listener.moved(root.snapshot());
        }
    }

    void reached(State state, String field, int index) {
        listener.reached(state.common().at(), field, index);
    }

    /** Queues a step; steps of one execution never overlap. */
    void step(Runnable action) {
        lane.add(action);
    }

    /** The context object for a state. */
    Map<String, @Nullable Object> context(Map<String, @Nullable Object> state, Map<String, @Nullable Object> more) {
        return inspection != null && inspection.context() != null
                ? inspection.context()
                : ContextObject.of(given, state, more);
    }

    History history() {
        return history;
    }

    Core engine() {
        return engine;
    }

    ExecutionIdentity identity() {
        return given.identity();
    }

    /** The machine's region; null where its ARN has none. */
    @Nullable
    String region() {
        String[] machine = identity().machineArn().split(":", 5);
        return machine.length == 5 ? machine[3] : null;
    }

    ExecutionListener listener() {
        return listener;
    }

    /** Set when only the first state is to be run: TestState. */
    @Nullable
    Inspection inspection() {
        return inspection;
    }

    Frame.Notes notes() {
        return inspection == null ? Frame.Notes.NONE : inspection::note;
    }
}
