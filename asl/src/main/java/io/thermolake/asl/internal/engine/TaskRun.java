package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;

import io.thermolake.asl.Activities;
import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskHandler;
import io.thermolake.asl.TaskRequest;
import io.thermolake.asl.TaskTokens;
import io.thermolake.asl.Timer;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.state.TaskResource;
import io.thermolake.asl.internal.value.PayloadLimit;
import io.thermolake.asl.internal.value.StatesError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a Task: its timers, its token, its answer.
 */
final class TaskRun implements PendingTokens.Waiting {
    private final StateRun owner;
    private final State.Task state;
    private final Core engine;
    /** Which of the state's attempts this is: when it is over, nobody listens to the task. */
    private final int attempt;

    private final TaskResource resource;
    private final TaskEvents events;
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

    TaskRun(StateRun owner, State.Task state) {
        ExecutionRun execution = owner.branch().execution();
        this.owner = owner;
        this.state = state;
        this.engine = execution.engine();
        this.attempt = owner.attempts().current();
        this.resource = TaskResource.of(state.resource());
        this.events = new TaskEvents(resource, owner.branch().trail(), execution.region());
        this.token = resource.waitsForToken() || resource.family() == TaskResource.Family.ACTIVITY
                ? TaskTokens.make(engine.random())
                : null;
    }

    /** @throws StatesError when the task cannot be called at all */
    void start() {
        // AWS gives the context object of a .sync a token, too; nobody waits for its answer.
        String seen = token == null && resource.isSync() ? TaskTokens.make(engine.random()) : token;
        TaskCall call = TaskCall.of(
                state, owner.data().frame(seen == null ? Map.of() : details("Task", details("Token", seen))));
        heartbeat = call.heartbeat();
        events.scheduled(call);
        TaskHandler asWritten = engine.resources().find(state.resource());
        TaskHandler handler = asWritten == null ? engine.resources().find(resource.bare()) : asWritten;
        if (handler == null && resource.family() != TaskResource.Family.ACTIVITY) {
            throw StatesError.runtime("No resource " + state.resource() + " is known here; nothing can run this task");
        }
        if (call.timeout() != null) {
            cancelTimeout =
                    engine.timer().schedule(call.timeout(), Timer.Purpose.TIMEOUT, () -> step(() -> timedOut(false)));
        }
        if (token != null) {
            engine.pendingTokens().await(token, this);
        }
        if (handler == null) {
            cancelScheduled = engine.activityWork()
                    .schedule(
                            state.resource(),
                            new Activities.Task(Objects.requireNonNull(token), call.arguments()),
                            worker -> step(() -> started(worker)));
        } else {
            started("");
            ask(handler, request(call, asWritten == null ? resource.bare() : state.resource()));
        }
    }

    private TaskRequest request(TaskCall call, String called) {
        return new TaskRequest(
                called,
                call.arguments(),
                state.common().name(),
                new LinkedHashMap<>(call.frame().roots().context().get()),
                token,
                engine.tokens(),
                call.credentials(),
                answer -> step(() -> submitted(Json.plain(answer))),
                cancelled);
    }

    private void step(Runnable action) {
        owner.attempts().step(attempt, action);
    }

    private void started(String worker) {
        boolean activity = resource.family() == TaskResource.Family.ACTIVITY;
        if (activity) {
            submitted = true;
            beat();
        }
        events.started(activity ? worker : null);
        if (submitted && early != null) {
            early.run();
        }
    }

    private void ask(TaskHandler handler, TaskRequest request) {
        CompletionStage<?> answer;
        try {
            answer = handler.start(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        Consumer<@Nullable Object> answered = resource.waitsForToken() ? this::submitted : this::answered;
        answer.whenComplete((result, failure) -> step(() -> {
            if (failure == null) {
                answered.accept(Json.plain(result));
            } else {
                refused(failure);
            }
        }));
    }

    private void submitted(@Nullable Object answer) {
        events.submitted(Json.text(answer));
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
                    engine.timer().schedule(heartbeat, Timer.Purpose.TIMEOUT, () -> step(() -> timedOut(true)));
        }
    }

    private void answered(@Nullable Object result) {
        cleanUp();
        String text = Json.text(result);
        if (PayloadLimit.isExceededBy(text)) {
            failed(PayloadLimit.byResultOf(resource.arn()));
            return;
        }
        events.succeeded(text);
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
        events.failed(error);
        owner.error(error);
    }

    private void timedOut(boolean ofHeartbeat) {
        events.timedOut();
        owner.error(StatesError.timeout(ofHeartbeat));
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
            engine.pendingTokens().forget(token);
        }
    }

    @Override
    public void succeeded(@Nullable Object output) {
        step(() -> whenSubmitted(() -> answered(output)));
    }

    @Override
    public void failed(@Nullable String error, @Nullable String cause) {
        step(() -> whenSubmitted(() -> {
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
        step(() -> {
            if (submitted) {
                beat();
            }
        });
    }
}
