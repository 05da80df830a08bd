package io.thermolake.asl;

import static io.thermolake.asl.Execution.details;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One walk through a scope's states: the machine itself, a branch of a Parallel, an iteration of a Map. Longer than a page
 * since it is the interpreter: one method a state type, and what all share (errors, transitions, snapshots).
 */
final class Branch {
    /** Where a branch's end goes. */
    interface End {
        void succeeded(@Nullable Object output);

        void failed(StatesError error);
    }

    private static final int PAYLOAD_LIMIT = 262_144;

    private final Execution execution;
    private final @Nullable Branch parent;
    private final State.Scope scope;
    private final Map<String, @Nullable Object> context;
    private final End end;
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();

    private @Nullable State state;
    private @Nullable Object input;
    private Instant entered = Instant.EPOCH;
    private long enteredEventId;
    private long lastEventId;
    private Map<State.Retrier, Integer> retries = new HashMap<>();
    private int retryCount;
    /** Counts entries and attempts: an answer that comes for an older one is not wanted any more. */
    private int turn;

    private Runnable cancelPending = () -> {};
    private @Nullable Children children;
    private boolean over;

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
    }

    long lastEventId() {
        return lastEventId;
    }

    void hang(long eventId) {
        lastEventId = eventId;
    }

    void enter(String name, @Nullable Object stateInput) {
        State next = scope.states().get(name);
        if (next == null) {
            throw new IllegalStateException("The state " + name + " is missing");
        }
        state = next;
        input = stateInput;
        entered = execution.engine().timer().now();
        retries = new HashMap<>();
        retryCount = 0;
        Map<String, @Nullable Object> details = details("name", name);
        details.put("input", Json.text(stateInput));
        enteredEventId = event(next.type() + "StateEntered", "stateEnteredEventDetails", details);
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
            if (current instanceof State.Pass) {
                complete(input);
            } else if (current instanceof State.Task task) {
                task(task, mine);
            } else if (current instanceof State.Choice choice) {
                choice(choice);
            } else if (current instanceof State.Wait wait) {
                wait(wait, mine);
            } else if (current instanceof State.Succeed) {
                complete(input);
            } else if (current instanceof State.Fail fail) {
                over = true;
                end.failed(new StatesError(
                        fail.error() == null ? "" : String.valueOf(evaluate(fail.error(), Map.of())),
                        fail.cause() == null ? null : String.valueOf(evaluate(fail.cause(), Map.of()))));
            } else if (current instanceof State.Parallel parallel) {
                Object branchInput = parallel.arguments() == null ? input : evaluate(parallel.arguments(), Map.of());
                event("ParallelStateStarted", "", Map.of());
                children = new Children(this, parallel, branchInput);
                children.start();
            } else if (current instanceof State.InlineMap map) {
                children = new Children(this, map, items(map));
                event("MapStateStarted", "mapStateStartedEventDetails", details("length", children.size()));
                children.start();
            }
        } catch (StatesError e) {
            error(e);
        }
    }

    private List<?> items(State.InlineMap map) {
        Object items = map.items() == null ? input : evaluate(map.items(), Map.of());
        if (items instanceof List<?> list) {
            return list;
        }
        throw new StatesError(
                StatesError.QUERY, "Map state input must be an array but was: " + Json.text(items), "Items");
    }

    private void task(State.Task task, int mine) {
        Object arguments = task.arguments() == null ? input : evaluate(task.arguments(), Map.of());
        Duration timeout = null;
        if (task.timeoutSeconds() != null) {
            timeout = seconds(evaluate(task.timeoutSeconds(), Map.of()), "TimeoutSeconds");
        }
        Map<String, @Nullable Object> details = resource(task.resource());
        details.put("parameters", Json.text(arguments));
        if (timeout != null) {
            details.put("timeoutInSeconds", timeout.toSeconds());
        }
        event("TaskScheduled", "taskScheduledEventDetails", details);
        TaskHandler handler = execution.engine().resources().find(task.resource());
        if (handler == null) {
            throw new StatesError(
                    StatesError.RUNTIME,
                    "No resource " + task.resource() + " is known here; nothing can run this task");
        }
        event("TaskStarted", "taskStartedEventDetails", resource(task.resource()));
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        Runnable cancelTimeout = timeout == null
                ? () -> {}
                : execution
                        .engine()
                        .timer()
                        .schedule(
                                timeout,
                                Timer.Purpose.TIMEOUT,
                                () -> step(mine, () -> {
                                    cancelled.complete(null);
                                    event("TaskTimedOut", "taskTimedOutEventDetails", resource(task.resource()));
                                    error(new StatesError(StatesError.TIMEOUT, null));
                                }));
        cancelPending = () -> {
            cancelTimeout.run();
            cancelled.complete(null);
        };
        CompletionStage<?> answer;
        try {
            answer = handler.start(
                    new TaskRequest(task.resource(), arguments, task.common().name(), contextObject(), cancelled));
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((result, failure) -> step(mine, () -> {
            cancelTimeout.run();
            if (failure == null) {
                answered(task, Json.normal(result));
            } else {
                failed(task, failure);
            }
        }));
    }

    private void answered(State.Task task, @Nullable Object result) {
        String text = Json.text(result);
        if (text.length() > PAYLOAD_LIMIT) {
            error(new StatesError(
                    StatesError.DATA_LIMIT,
                    "The state/task '" + task.common().name()
                            + "' returned a result with a size exceeding the maximum number of bytes service limit."));
            return;
        }
        Map<String, @Nullable Object> details = resource(task.resource());
        details.put("output", text);
        event("TaskSucceeded", "taskSucceededEventDetails", details);
        complete(result);
    }

    private void failed(State.Task task, Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        StatesError error = why instanceof TaskException e
                ? new StatesError(e.error(), e.causeText())
                : new StatesError(StatesError.TASK_FAILED, why.toString());
        Map<String, @Nullable Object> details = resource(task.resource());
        details.put("error", error.error);
        details.put("cause", error.cause);
        event("TaskFailed", "taskFailedEventDetails", details);
        error(error);
    }

    private static Map<String, @Nullable Object> resource(String arn) {
        // arn:aws:states:::glue:startJobRun.sync -> glue, startJobRun.sync; a function's ARN -> lambda, the ARN
        String[] parts = arn.split(":", 7);
        boolean integration = parts.length == 7 && parts[2].equals("states") && parts[3].isEmpty();
        Map<String, @Nullable Object> details = details("resourceType", integration ? parts[5] : "lambda");
        details.put("resource", integration ? parts[6] : arn);
        return details;
    }

    private void choice(State.Choice choice) {
        for (State.Rule rule : choice.rules()) {
            Object value = evaluate(rule.condition(), Map.of());
            if (!(value instanceof Boolean)) {
                throw new StatesError(
                        StatesError.QUERY,
                        "The JSONata expression specified for the field 'Condition' returned an unexpected result type. Expected 'boolean', but was: "
                                + Json.text(value),
                        "Condition");
            }
            if ((Boolean) value) {
                leave(input, rule.assign(), rule.output(), Map.of(), rule.next());
                return;
            }
        }
        if (choice.defaultNext() == null) {
            throw new StatesError(
                    StatesError.NO_CHOICE,
                    "No choice of the state '" + choice.common().name() + "' matched");
        }
        leave(input, choice.common().assign(), choice.common().output(), Map.of(), choice.defaultNext());
    }

    private void wait(State.Wait wait, int mine) {
        Duration delay;
        if (wait.seconds() != null) {
            delay = seconds(evaluate(wait.seconds(), Map.of()), "Seconds");
        } else {
            String timestamp = String.valueOf(evaluate(java.util.Objects.requireNonNull(wait.timestamp()), Map.of()));
            try {
                delay = Duration.between(
                        execution.engine().timer().now(),
                        OffsetDateTime.parse(timestamp).toInstant());
            } catch (DateTimeParseException e) {
                throw new StatesError(StatesError.QUERY, "'" + timestamp + "' is no RFC 3339 timestamp", "Timestamp");
            }
        }
        cancelPending = execution
                .engine()
                .timer()
                .schedule(
                        delay.isNegative() ? Duration.ZERO : delay,
                        Timer.Purpose.WAIT,
                        () -> step(mine, () -> complete(input)));
    }

    private static Duration seconds(@Nullable Object value, String field) {
        if (value instanceof Long seconds && seconds >= 0) {
            return Duration.ofSeconds(seconds);
        }
        throw new StatesError(
                StatesError.QUERY,
                field + " must be a whole number of seconds, not negative, but is " + Json.text(value),
                field);
    }

    /** The work is done: Assign and Output see the result, side by side. */
    void complete(@Nullable Object result) {
        State.Common common = current().common();
        Map<String, @Nullable Object> states =
                current() instanceof State.Task || children != null ? details("result", result) : Map.of();
        children = null;
        try {
            leave(result, common.assign(), common.output(), states, common.next());
        } catch (StatesError e) {
            error(e);
        }
    }

    private void leave(
            @Nullable Object result,
            @Nullable Template assign,
            @Nullable Template output,
            Map<String, @Nullable Object> states,
            @Nullable String next) {
        Object assigned = assign == null ? null : evaluate(assign, states);
        Object out = output == null ? result : evaluate(output, states);
        String text = Json.text(out);
        if (text.length() > PAYLOAD_LIMIT) {
            throw new StatesError(
                    StatesError.DATA_LIMIT,
                    "The state/task '" + current().common().name()
                            + "' returned a result with a size exceeding the maximum number of bytes service limit.");
        }
        Map<String, @Nullable Object> details =
                details("name", current().common().name());
        details.put("output", text);
        if (assigned != null) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            Json.object(assigned).forEach((k, v) -> values.put(k, Json.text(v)));
            details.put("assignedVariables", values);
            variables.putAll(Json.object(assigned));
        }
        event(current().type() + "StateExited", "stateExitedEventDetails", details);
        turn++;
        if (next == null) {
            over = true;
            end.succeeded(out);
        } else {
            enter(next, out);
        }
    }

    /** Retry, then Catch, then the branch fails. */
    void error(StatesError error) {
        State current = current();
        boolean fromTask = current instanceof State.Task;
        if (error.location != null) {
            Map<String, @Nullable Object> details = details("error", error.error);
            details.put("cause", error.cause);
            details.put("location", error.location);
            details.put("state", current.common().name());
            event("EvaluationFailed", "evaluationFailedEventDetails", details);
        }
        cancelPending.run();
        if (children != null) {
            children.cancel();
        }
        for (State.Retrier retrier : current.common().retriers()) {
            if (retrier.errors().stream().anyMatch(name -> error.matches(name, fromTask))) {
                int done = retries.getOrDefault(retrier, 0);
                if (done < retrier.maxAttempts()) {
                    retries.put(retrier, done + 1);
                    retryCount++;
                    retryLater(retrier, done);
                    return;
                }
                break;
            }
        }
        if (current instanceof State.Parallel || current instanceof State.InlineMap) {
            event(current.type() + "StateFailed", "", Map.of());
        }
        for (State.Catcher catcher : current.common().catchers()) {
            if (catcher.errors().stream().anyMatch(name -> error.matches(name, fromTask))) {
                caught(catcher, error);
                return;
            }
        }
        fail(error);
    }

    private void retryLater(State.Retrier retrier, int done) {
        double delay =
                Math.min(retrier.maxDelaySeconds(), retrier.intervalSeconds() * Math.pow(retrier.backoffRate(), done));
        double jittered =
                retrier.fullJitter() ? delay * execution.engine().random().nextDouble() : delay;
        children = null;
        int mine = ++turn;
        cancelPending = execution
                .engine()
                .timer()
                .schedule(
                        Duration.ofMillis((long) (jittered * 1000)),
                        Timer.Purpose.RETRY,
                        () -> step(mine, this::attempt));
    }

    private void caught(State.Catcher catcher, StatesError error) {
        Map<String, @Nullable Object> output = details("Error", error.error);
        if (error.cause != null) {
            output.put("Cause", error.cause);
        }
        children = null;
        try {
            leave(output, catcher.assign(), catcher.output(), details("errorOutput", output), catcher.next());
        } catch (StatesError e) {
            fail(e);
        }
    }

    private void fail(StatesError error) {
        turn++;
        over = true;
        boolean evaluation = error.location != null;
        String prefix = "An error occurred while executing the state '%s' (entered at the event id #%d). "
                .formatted(current().common().name(), enteredEventId);
        end.failed(evaluation ? new StatesError(error.error, prefix + error.cause) : error);
    }

    private @Nullable Object evaluate(Template template, Map<String, @Nullable Object> more) {
        Map<String, @Nullable Object> states = details("input", input);
        states.put("context", contextObject());
        states.putAll(more);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        collect(values);
        values.put("states", states);
        return template.evaluate(new Bindings(values, execution.engine().random()));
    }

    private void collect(Map<String, @Nullable Object> values) {
        if (parent != null) {
            parent.collect(values);
        }
        values.putAll(variables);
    }

    private Map<String, @Nullable Object> contextObject() {
        Map<String, @Nullable Object> mine = details("EnteredTime", entered.toString());
        mine.put("Name", current().common().name());
        mine.put("RetryCount", (long) retryCount);
        return execution.context(mine, allContext());
    }

    private Map<String, @Nullable Object> allContext() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(parent == null ? Map.of() : parent.allContext());
        all.putAll(context);
        return all;
    }

    /** Takes back what is under way; nothing that still answers is heard. */
    void cancel() {
        turn++;
        over = true;
        cancelPending.run();
        if (children != null) {
            children.cancel();
        }
    }

    boolean isOver() {
        return over;
    }

    Execution execution() {
        return execution;
    }

    private State current() {
        return java.util.Objects.requireNonNull(state, "no state was entered");
    }

    long event(String type, String detailsKey, Map<String, @Nullable Object> details) {
        // The very first state event has previousEventId 0, like ExecutionStarted itself.
        lastEventId = execution.event(lastEventId, type, detailsKey, details);
        return lastEventId;
    }

    private void step(int mine, Runnable action) {
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
        snapshot.put("variables", new LinkedHashMap<>(variables));
        if (children != null) {
            snapshot.put("children", children.snapshot());
        }
        return snapshot;
    }

    /** Goes on at the snapshot's state without entering it anew. */
    void restore(Map<String, @Nullable Object> snapshot) {
        variables.putAll(Json.object(snapshot.get("variables")));
        String name = String.valueOf(snapshot.get("state"));
        State restored = scope.states().get(name);
        if (restored == null) {
            throw new IllegalStateException("The definition has no state " + name + " to go on from");
        }
        state = restored;
        input = snapshot.get("input");
        entered = execution.engine().timer().now();
        enteredEventId = lastEventId;
        if (snapshot.get("children") instanceof List<?> saved) {
            try {
                children = restored instanceof State.Parallel parallel
                        ? new Children(
                                this,
                                parallel,
                                parallel.arguments() == null ? input : evaluate(parallel.arguments(), Map.of()))
                        : new Children(this, (State.InlineMap) restored, items((State.InlineMap) restored));
                turn++;
                children.restore(new ArrayList<>(saved));
            } catch (StatesError e) {
                error(e);
            }
        } else {
            attempt();
        }
    }

    @Nullable
    Object evaluateForChildren(Template template, Map<String, @Nullable Object> more) {
        return evaluate(template, more);
    }

    Map<String, @Nullable Object> contextWith(String key, @Nullable Object value) {
        Map<String, @Nullable Object> all = contextObject();
        all.put(key, value);
        return all;
    }
}
