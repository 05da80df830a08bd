package io.thermolake.asl;

import static io.thermolake.asl.Execution.details;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One attempt of a Task: its events, its timers, its token, its answer. */
final class TaskRun implements TaskTokens.Waiting {
    /** What the attempt needs of the branch that it belongs to. */
    interface Owner {
        Frame frame(@Nullable String token);

        void event(String type, String detailsKey, Map<String, @Nullable Object> details);

        /** Runs in the execution's lane, unless the attempt is over. */
        void step(Runnable action);

        void complete(@Nullable Object result);

        void error(StatesError error);
    }

    private final Engine engine;
    private final State.Task state;
    private final TaskResource resource;
    private final Owner owner;
    private final @Nullable String region;
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private final @Nullable String token;
    private Runnable cancelTimeout = () -> {};
    private Runnable cancelHeartbeat = () -> {};
    private Runnable cancelScheduled = () -> {};
    private @Nullable Duration heartbeat;
    private boolean submitted;
    private boolean over;
    /** The token's answer when it comes before the service's own. */
    private @Nullable Runnable early;

    TaskRun(Engine engine, State.Task state, Owner owner, @Nullable String region) {
        this.engine = engine;
        this.state = state;
        this.resource = TaskResource.of(state.resource());
        this.owner = owner;
        this.region = region;
        this.token = resource.waitsForToken() || resource.family() == TaskResource.Family.ACTIVITY
                ? TaskTokens.make(engine.random())
                : null;
    }

    void start() {
        Frame frame = owner.frame(token);
        frame = frame.at(state.common().flow().effective(frame));
        Object arguments = state.common().flow().arguments(frame);
        Duration timeout = seconds(state.timeoutSeconds(), frame);
        heartbeat = seconds(state.heartbeatSeconds(), frame);
        Object credentials =
                state.credentials() == null ? null : state.credentials().get(frame);
        String text = Json.text(arguments);
        if (Json.bytes(text) > Branch.PAYLOAD_LIMIT) {
            // "When, after Parameters processing, the input of a state is larger than the payload size quota."
            throw StatesError.given(
                    StatesError.DATA_LIMIT,
                    "The arguments of the state '" + state.common().name()
                            + "' are larger than the maximum number of bytes service limit.");
        }
        scheduled(text, timeout, credentials);
        TaskHandler handler = engine.resources().find(state.resource());
        if (handler == null && resource.family() != TaskResource.Family.ACTIVITY) {
            throw StatesError.runtime("No resource " + state.resource() + " is known here; nothing can run this task");
        }
        if (timeout != null) {
            cancelTimeout =
                    engine.timer().schedule(timeout, Timer.Purpose.TIMEOUT, () -> owner.step(() -> timedOut(false)));
        }
        if (token != null) {
            engine.tokens().await(token, this);
        }
        if (handler == null) {
            cancelScheduled = engine.activities()
                    .schedule(
                            state.resource(),
                            new Activities.Task(java.util.Objects.requireNonNull(token), arguments),
                            worker -> owner.step(() -> started(worker)));
            return;
        }
        started("");
        call(
                handler,
                new TaskRequest(
                        state.resource(),
                        arguments,
                        state.common().name(),
                        new LinkedHashMap<>(frame.roots().context().get()),
                        token,
                        engine.tokens(),
                        credentials,
                        answer -> owner.step(() -> submitted(Json.plain(answer))),
                        cancelled));
    }

    private static @Nullable Duration seconds(@Nullable NumberField field, Frame frame) {
        return field == null ? null : Duration.ofSeconds(field.positive(frame));
    }

    private void scheduled(String arguments, @Nullable Duration timeout, @Nullable Object credentials) {
        Map<String, @Nullable Object> details = resource.named();
        if (resource.family() == TaskResource.Family.INTEGRATION) {
            if (region != null) {
                details.put("region", region);
            }
            details.put("parameters", arguments);
        } else {
            details.put("resource", resource.arn());
            details.put("input", arguments);
            details.put("inputDetails", details("truncated", false));
        }
        if (timeout != null) {
            details.put("timeoutInSeconds", timeout.toSeconds());
        }
        if (heartbeat != null) {
            details.put("heartbeatInSeconds", heartbeat.toSeconds());
        }
        if (credentials != null) {
            details.put(
                    "taskCredentials",
                    details("roleArn", Json.object(credentials).get("RoleArn")));
        }
        event("Scheduled", details);
    }

    private void started(String worker) {
        Map<String, @Nullable Object> details = resource.named();
        if (resource.family() == TaskResource.Family.ACTIVITY) {
            details.put("workerName", worker);
            submitted = true;
            beat();
        }
        event("Started", details);
        if (submitted && early != null) {
            early.run();
        }
    }

    private void call(TaskHandler handler, TaskRequest request) {
        CompletionStage<?> answer;
        try {
            answer = handler.start(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        Consumer<@Nullable Object> answered = resource.waitsForToken() ? this::submitted : this::answered;
        answer.whenComplete((result, failure) -> owner.step(() -> {
            if (failure == null) {
                answered.accept(Json.plain(result));
            } else {
                refused(failure);
            }
        }));
    }

    private void submitted(@Nullable Object answer) {
        Map<String, @Nullable Object> details = resource.named();
        details.put("output", Json.text(answer));
        details.put("outputDetails", details("truncated", false));
        event("Submitted", details);
        submitted = true;
        beat();
        if (early != null) {
            early.run();
        }
    }

    private void beat() {
        cancelHeartbeat.run();
        if (heartbeat != null && token != null) {
            cancelHeartbeat =
                    engine.timer().schedule(heartbeat, Timer.Purpose.TIMEOUT, () -> owner.step(() -> timedOut(true)));
        }
    }

    private void answered(@Nullable Object result) {
        cleanUp();
        String text = Json.text(result);
        if (Json.bytes(text) > Branch.PAYLOAD_LIMIT) {
            failed(StatesError.given(StatesError.DATA_LIMIT, Branch.tooLarge(resource.arn())));
            return;
        }
        Map<String, @Nullable Object> details = resource.named();
        details.put("output", text);
        details.put("outputDetails", details("truncated", false));
        event("Succeeded", details);
        owner.complete(result);
    }

    private void refused(Throwable failure) {
        cleanUp();
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        failed(
                why instanceof TaskException e
                        ? StatesError.given(e.error(), e.causeText())
                        : StatesError.given(StatesError.TASK_FAILED, why.toString()));
    }

    private void failed(StatesError error) {
        Map<String, @Nullable Object> details = resource.named();
        if (error.error != null) {
            details.put("error", error.error);
        }
        if (error.cause != null) {
            details.put("cause", error.cause);
        }
        event("Failed", details);
        owner.error(error);
    }

    private void timedOut(boolean ofHeartbeat) {
        Map<String, @Nullable Object> details = resource.named();
        details.put("error", StatesError.TIMEOUT);
        event("TimedOut", details);
        owner.error(StatesError.timeout(ofHeartbeat));
    }

    private void event(String what, Map<String, @Nullable Object> details) {
        owner.event(resource.family().event(what), resource.family().details(what), details);
    }

    /** Nobody wants the answer any more. Who has answered does not hear of it. */
    void cancel() {
        boolean answered = over;
        cleanUp();
        if (!answered) {
            cancelled.complete(null);
        }
    }

    private void cleanUp() {
        over = true;
        cancelTimeout.run();
        cancelHeartbeat.run();
        cancelScheduled.run();
        if (token != null) {
            engine.tokens().forget(token);
        }
    }

    @Override
    public void succeeded(@Nullable Object output) {
        owner.step(() -> whenSubmitted(() -> answered(output)));
    }

    @Override
    public void failed(@Nullable String error, @Nullable String cause) {
        owner.step(() -> whenSubmitted(() -> {
            cleanUp();
            failed(StatesError.given(error, cause));
        }));
    }

    private void whenSubmitted(Runnable action) {
        if (submitted) {
            action.run();
        } else {
            early = action;
        }
    }

    @Override
    public void heartbeat() {
        owner.step(() -> {
            if (submitted) {
                beat();
            }
        });
    }
}
