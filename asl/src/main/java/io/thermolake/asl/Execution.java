package io.thermolake.asl;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One run of a definition: its history, its lane (one step at a time), and its end. */
public final class Execution {
    /** AWS's hard limit of events a history, "Quotas for Step Functions". */
    static final int HISTORY_LIMIT = 25_000;

    private final Engine engine;
    private final Definition definition;
    private final ExecutionIdentity identity;
    private final @Nullable Object input;
    private final ExecutionListener listener;
    private final int redriveCount;
    private final CompletableFuture<ExecutionResult> result = new CompletableFuture<>();
    private final Queue<Runnable> lane = new ArrayDeque<>();
    private final Branch root;
    private boolean laneBusy;
    private long lastEventId;
    private Runnable cancelTimeout = () -> {};

    Execution(
            Engine engine,
            Definition definition,
            ExecutionIdentity identity,
            @Nullable Object input,
            ExecutionListener listener,
            int redriveCount,
            long lastEventId) {
        this.engine = engine;
        this.definition = definition;
        this.identity = identity;
        this.input = input;
        this.listener = listener;
        this.redriveCount = redriveCount;
        this.lastEventId = lastEventId;
        this.root = new Branch(this, null, definition.scope(), Map.of(), new Branch.End() {
            @Override
            public void succeeded(@Nullable Object output) {
                event(
                        root().lastEventId(),
                        "ExecutionSucceeded",
                        "executionSucceededEventDetails",
                        details("output", Json.text(output)));
                over(new ExecutionResult.Succeeded(output));
            }

            @Override
            public void failed(StatesError error) {
                Map<String, @Nullable Object> details = new LinkedHashMap<>();
                if (!error.error.isEmpty()) {
                    details.put("error", error.error);
                }
                if (error.cause != null) {
                    details.put("cause", error.cause);
                }
                event(root().lastEventId(), "ExecutionFailed", "executionFailedEventDetails", details);
                over(new ExecutionResult.Failed(error.error.isEmpty() ? null : error.error, error.cause));
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
            if (!result.isDone()) {
                root.cancel();
                Map<String, @Nullable Object> details = new LinkedHashMap<>();
                if (error != null) {
                    details.put("error", error);
                }
                if (cause != null) {
                    details.put("cause", cause);
                }
                event(root.lastEventId(), "ExecutionAborted", "executionAbortedEventDetails", details);
                over(new ExecutionResult.Aborted(error, cause));
            }
        });
    }

    void begin() {
        step(() -> {
            Map<String, @Nullable Object> details = details("input", Json.text(input));
            details.put("roleArn", identity.roleArn());
            event(0, "ExecutionStarted", "executionStartedEventDetails", details);
            startTimeout();
            root.enter(definition.scope().startAt(), input);
        });
    }

    void goOn(Map<String, @Nullable Object> snapshot) {
        step(() -> {
            long previous = lastEventId;
            event(
                    previous,
                    "ExecutionRedriven",
                    "executionRedrivenEventDetails",
                    details("redriveCount", redriveCount));
            root.hang(lastEventId);
            startTimeout();
            root.restore(snapshot);
        });
    }

    private void startTimeout() {
        definition
                .timeoutSeconds()
                .ifPresent(seconds -> cancelTimeout = engine.timer()
                        .schedule(
                                Duration.ofSeconds(seconds),
                                Timer.Purpose.TIMEOUT,
                                () -> step(() -> {
                                    if (!result.isDone()) {
                                        root.cancel();
                                        event(
                                                root.lastEventId(),
                                                "ExecutionTimedOut",
                                                "executionTimedOutEventDetails",
                                                Map.of());
                                        over(new ExecutionResult.TimedOut());
                                    }
                                })));
    }

    private void over(ExecutionResult outcome) {
        cancelTimeout.run();
        result.complete(outcome);
    }

    boolean isOver() {
        return result.isDone();
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
            } catch (RuntimeException | Error e) {
                // A defect of the engine or of a listener must end the execution, not leave it running for ever.
                if (!result.isDone()) {
                    over(new ExecutionResult.Failed(StatesError.RUNTIME, "The engine failed: " + e));
                }
            }
        }
    }

    /** Appends to the history. @return the event's id */
    long event(long previous, String type, String detailsKey, Map<String, @Nullable Object> details) {
        if (lastEventId >= HISTORY_LIMIT) {
            throw new StatesError(
                    StatesError.RUNTIME,
                    "The execution reached the maximum number of history events (" + HISTORY_LIMIT + ").");
        }
        HistoryEvent event =
                new HistoryEvent(++lastEventId, previous, engine.timer().now(), type, detailsKey, details);
        listener.event(event);
        return event.id();
    }

    void moved() {
        listener.moved(root.snapshot());
    }

    /** The context object for a state. */
    Map<String, @Nullable Object> context(Map<String, @Nullable Object> state, Map<String, @Nullable Object> more) {
        Map<String, @Nullable Object> execution = details("Id", identity.arn());
        execution.put("Input", input);
        execution.put("Name", identity.name());
        execution.put("RoleArn", identity.roleArn());
        execution.put("StartTime", identity.startTime().toString());
        execution.put("RedriveCount", (long) redriveCount);
        Map<String, @Nullable Object> context = details("Execution", execution);
        context.put("State", state);
        Map<String, @Nullable Object> machine = details("Id", identity.machineArn());
        machine.put("Name", identity.machineName());
        context.put("StateMachine", machine);
        context.putAll(more);
        return context;
    }

    Engine engine() {
        return engine;
    }

    static Map<String, @Nullable Object> details(String key, @Nullable Object value) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put(key, value);
        return details;
    }
}
