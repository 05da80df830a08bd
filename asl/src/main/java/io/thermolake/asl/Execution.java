package io.thermolake.asl;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One run of a definition: its history, its lane (one step at a time), and its end. */
public final class Execution {
    /** AWS's hard limit of events a history, "Quotas for Step Functions": the event that ends the execution is the last. */
    static final int HISTORY_LIMIT = 25_000;

    /** With so many events there is no room for a redrive's own and one more. */
    static final int REDRIVE_LIMIT = HISTORY_LIMIT - 1;

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Engine engine;
    private final State.Scope scope;
    private final Optional<Long> timeoutSeconds;
    private final ExecutionIdentity identity;
    private final @Nullable Object input;
    private final ExecutionListener listener;
    private final int redriveCount;
    private final CompletableFuture<ExecutionResult> result = new CompletableFuture<>();
    private final Queue<Runnable> lane = new ArrayDeque<>();
    private final Branch root;
    private final @Nullable Inspection inspection;
    /** Of distributed Maps, as long as they run. */
    private final Set<Execution> children = ConcurrentHashMap.newKeySet();

    private boolean laneBusy;
    private boolean over;
    private long lastEventId;
    /** What a redrive of a child needs, where its parent wants to know; read from the parent's lane. */
    private volatile @Nullable Map<String, @Nullable Object> resumable;

    private boolean keepsResumable;
    private Runnable cancelTimeout = () -> {};

    Execution(
            Engine engine,
            State.Scope scope,
            Optional<Long> timeoutSeconds,
            ExecutionIdentity identity,
            @Nullable Object input,
            ExecutionListener listener,
            int redriveCount,
            long lastEventId) {
        this(engine, scope, timeoutSeconds, identity, input, listener, redriveCount, lastEventId, null);
    }

    Execution(
            Engine engine,
            State.Scope scope,
            Optional<Long> timeoutSeconds,
            ExecutionIdentity identity,
            @Nullable Object input,
            ExecutionListener listener,
            int redriveCount,
            long lastEventId,
            @Nullable Inspection inspection) {
        this.inspection = inspection;
        this.engine = engine;
        this.scope = scope;
        this.timeoutSeconds = timeoutSeconds;
        this.identity = identity;
        this.input = input;
        this.listener = listener;
        this.redriveCount = redriveCount;
        this.lastEventId = lastEventId;
        this.root = new Branch(this, null, scope, Map.of(), new Branch.End() {
            @Override
            public void succeeded(@Nullable Object output) {
                Map<String, @Nullable Object> details = details("output", Json.text(output));
                details.put("outputDetails", details("truncated", false));
                event(root().lastEventId(), "ExecutionSucceeded", "executionSucceededEventDetails", details);
                over(new ExecutionResult.Succeeded(output));
            }

            @Override
            public void failed(StatesError error) {
                event(
                        root().lastEventId(),
                        "ExecutionFailed",
                        "executionFailedEventDetails",
                        ending(error.error, error.cause));
                over(new ExecutionResult.Failed(error.error, error.cause));
            }
        });
    }

    private Branch root() {
        return root;
    }

    /** How the execution ended; never completes exceptionally. */
    public CompletableFuture<ExecutionResult> result() {
        return result;
    }

    /** Aborts the execution: tasks in flight are cancelled. No effect when it is over. */
    public void stop(@Nullable String error, @Nullable String cause) {
        step(() -> {
            if (!over) {
                root.cancel();
                event(0, "ExecutionAborted", "executionAbortedEventDetails", ending(error, cause));
                over(new ExecutionResult.Aborted(error, cause));
            }
        });
    }

    private static Map<String, @Nullable Object> ending(@Nullable String error, @Nullable String cause) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        if (error != null) {
            details.put("error", error);
        }
        if (cause != null) {
            details.put("cause", cause);
        }
        return details;
    }

    void begin() {
        begin(Map.of());
    }

    /** @param variables what states before the first one would have assigned */
    void begin(Map<String, @Nullable Object> variables) {
        listener.begun(this);
        step(() -> {
            root.variables().begin(variables);
            Map<String, @Nullable Object> details = details("input", Json.text(input));
            details.put("inputDetails", details("truncated", false));
            details.put("roleArn", identity.roleArn());
            event(0, "ExecutionStarted", "executionStartedEventDetails", details);
            startTimeout();
            root.enter(scope.startAt(), input);
        });
    }

    void goOn(Map<String, @Nullable Object> snapshot) {
        listener.begun(this);
        step(() -> {
            long previous = lastEventId;
            event(previous, "ExecutionRedriven", "executionRedrivenEventDetails", details("redriveCount", (long)
                    redriveCount));
            root.hang(lastEventId);
            startTimeout();
            root.restore(snapshot);
        });
    }

    private void startTimeout() {
        timeoutSeconds.ifPresent(seconds -> cancelTimeout = engine.timer()
                .schedule(
                        Duration.ofSeconds(seconds),
                        Timer.Purpose.TIMEOUT,
                        () -> step(() -> {
                            if (!over) {
                                root.cancel();
                                event(
                                        0,
                                        "ExecutionTimedOut",
                                        "executionTimedOutEventDetails",
                                        details("error", StatesError.TIMEOUT));
                                over(new ExecutionResult.TimedOut());
                            }
                        })));
    }

    private void over(ExecutionResult outcome) {
        over = true;
        cancelTimeout.run();
        if (outcome instanceof ExecutionResult.Succeeded) {
            result.complete(outcome);
            return;
        }
        // The last snapshot is of what everything has come to, stopped children too: a redrive goes on from it.
        CompletableFuture<?>[] stopping =
                children.stream().map(Execution::result).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(stopping)
                .thenRun(() -> step(() -> {
                    moved();
                    result.complete(outcome);
                }));
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
    void adopt(Execution child) {
        child.keepsResumable = !child.identity.express() && (keepsResumable || listener.wantsSnapshots());
        children.add(child);
        child.result.thenRun(() -> children.remove(child));
    }

    /** Where the execution was when it last moved, to go on from; null when it has not moved, or nobody wants to know. */
    @Nullable
    Map<String, @Nullable Object> resumable() {
        return resumable;
    }

    /** Queues a step; steps of one execution never overlap. */
    void step(Runnable action) {
        synchronized (lane) {
            lane.add(action);
            if (laneBusy) {
                return;
            }
            laneBusy = true;
        }
        engine.executor().execute(this::drain);
    }

    private void drain() {
        while (true) {
            Runnable next;
            synchronized (lane) {
                next = lane.poll();
                if (next == null) {
                    laneBusy = false;
                    return;
                }
            }
            try {
                next.run();
            } catch (HistoryFull full) {
                historyFull();
            } catch (RuntimeException | Error e) {
                broken(e);
            }
        }
    }

    /** Not an error that a state could catch. */
    private static final class HistoryFull extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HistoryFull() {
            super("the history is full", null, false, false);
        }
    }

    private void historyFull() {
        String cause = "The execution reached the maximum number of history events (" + HISTORY_LIMIT + ").";
        long previous = root.lastEventId();
        root.cancel();
        append(previous, "ExecutionFailed", "executionFailedEventDetails", ending(StatesError.RUNTIME, cause));
        over(new ExecutionResult.Failed(StatesError.RUNTIME, cause));
    }

    /** Appends to the history. @return the event's id */
    long event(long previous, String type, String detailsKey, Map<String, @Nullable Object> details) {
        if (lastEventId >= HISTORY_LIMIT - 1 && !type.startsWith("Execution")) {
            throw new HistoryFull();
        }
        return append(previous, type, detailsKey, details);
    }

    private long append(long previous, String type, String detailsKey, Map<String, @Nullable Object> details) {
        HistoryEvent event =
                new HistoryEvent(++lastEventId, previous, engine.timer().now(), type, detailsKey, details);
        listener.event(event);
        return event.id();
    }

    void moved() {
        if (keepsResumable) {
            Map<String, @Nullable Object> kept = details("frame", root.snapshot());
            kept.put("lastEventId", lastEventId);
            kept.put("redriveCount", (long) redriveCount);
            resumable = kept;
        }
        if (listener.wantsSnapshots()) {
            listener.moved(root.snapshot());
        }
    }

    /** The context object for a state. */
    Map<String, @Nullable Object> context(Map<String, @Nullable Object> state, Map<String, @Nullable Object> more) {
        if (inspection != null && inspection.context() != null) {
            return inspection.context();
        }
        Map<String, @Nullable Object> execution = details("Id", identity.arn());
        execution.put("Input", input);
        execution.put("StartTime", iso(identity.startTime()));
        execution.put("Name", identity.name());
        execution.put("RoleArn", identity.roleArn());
        if (!identity.express()) {
            execution.put("RedriveCount", (long) redriveCount);
        }
        Map<String, @Nullable Object> context = details("Execution", execution);
        Map<String, @Nullable Object> machine = details("Id", identity.machineArn());
        machine.put("Name", identity.machineName());
        context.put("StateMachine", machine);
        context.put("State", state);
        context.putAll(more);
        return context;
    }

    /** A time as the context object has it: milliseconds, UTC. */
    static String iso(Instant time) {
        return ISO.format(time);
    }

    Engine engine() {
        return engine;
    }

    ExecutionIdentity identity() {
        return identity;
    }

    ExecutionListener listener() {
        return listener;
    }

    void reached(State state, String field, int index) {
        listener.reached(state.common().at(), field, index);
    }

    /** Set when only the first state is to be run: TestState. */
    @Nullable
    Inspection inspection() {
        return inspection;
    }

    Frame.Notes notes() {
        return inspection == null ? Frame.Notes.NONE : inspection::note;
    }

    static Map<String, @Nullable Object> details(String key, @Nullable Object value) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put(key, value);
        return details;
    }
}
