package io.thermolake.asl.testing;

import io.thermolake.asl.Resources;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskHandler;
import io.thermolake.asl.TaskRequest;
import io.thermolake.asl.Timer;
import io.thermolake.asl.internal.state.TaskResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers for tasks, by the state's name or by its Resource; the state's name goes first. Each call takes the next answer
 * of its list, the last one repeats. Not for more than one execution at a time.
 */
public final class Mocks implements Resources {
    /** What one call gets. */
    @FunctionalInterface
    public interface Answer {
        CompletionStage<?> to(TaskRequest request);
    }

    private final Map<String, List<Answer>> answers = new LinkedHashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final List<TaskRequest> requests = new ArrayList<>();
    private @Nullable Timer timer;
    private @Nullable String last;
    private Resources otherwise = resource -> null;

    /**
     * Reads mocks from JSON: <code>{"name": [{"return": …} | {"error": …, "cause": …} | {"echo": true} | {"hang": true}, …]}
     * </code>; one answer may stand without the list, and each may have <code>"after"</code>, a number of seconds.
     *
     * @throws IllegalArgumentException when an answer is none of these; the message names it
     */
    public static Mocks parse(String json) {
        return MockText.parse(json);
    }

    static Answer failing(@Nullable String error, @Nullable String cause) {
        return request -> CompletableFuture.failedFuture(new TaskException(error, cause));
    }

    /** The next answer is a result. */
    public Mocks returns(String stateOrResource, @Nullable Object result) {
        return add(stateOrResource, request -> CompletableFuture.completedFuture(result));
    }

    /** The next answer is made of the task's arguments; a {@link TaskException} that it throws is the answer. */
    public Mocks answers(String stateOrResource, Function<@Nullable Object, @Nullable Object> work) {
        return add(stateOrResource, request -> {
            try {
                return CompletableFuture.completedFuture(work.apply(request.arguments()));
            } catch (TaskException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    /** The next answer is an error. */
    public Mocks fails(String stateOrResource, String error, String cause) {
        return add(stateOrResource, failing(error, cause));
    }

    /** The next call is never answered: TimeoutSeconds ends it. */
    public Mocks hangs(String stateOrResource) {
        return add(stateOrResource, request -> new CompletableFuture<>());
    }

    /** Adds an answer of any kind. */
    public Mocks add(String stateOrResource, Answer answer) {
        answers.computeIfAbsent(stateOrResource, name -> new ArrayList<>()).add(answer);
        last = stateOrResource;
        return this;
    }

    /**
     * The answer that was added last comes only after some time: virtual time in a {@link Machine}.
     *
     * @throws IllegalStateException when there is none yet
     */
    public Mocks after(Duration time) {
        List<Answer> list = last == null ? null : answers.get(last);
        if (list == null) {
            throw new IllegalStateException("after() delays the answer before it, and there is none");
        }
        Answer prompt = list.remove(list.size() - 1);
        list.add(request -> late(request, prompt, time));
        return this;
    }

    private CompletionStage<?> late(TaskRequest request, Answer prompt, Duration time) {
        if (timer == null) {
            throw new TaskException(
                    "States.Runtime",
                    "The mock of '" + request.stateName() + "' has a delay, but runs where there is no clock for it");
        }
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        Runnable cancel = timer.schedule(
                time,
                Timer.Purpose.WAIT,
                () -> prompt.to(request).whenComplete((result, failure) -> {
                    if (failure == null) {
                        answer.complete(result);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }));
        request.cancelled().thenRun(cancel);
        return answer;
    }

    /** The clock for answers that come late. */
    void timer(Timer clock) {
        timer = clock;
    }

    /** Who does the work of what is not mocked; without it such a task fails with {@code States.Runtime}. */
    public Mocks otherwise(Resources resources) {
        otherwise = resources;
        return this;
    }

    /** Every call so far, in order, mocked or not. */
    public List<TaskRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public @Nullable TaskHandler find(String resource) {
        String bare = TaskResource.of(resource).bare();
        TaskHandler written = otherwise.find(resource);
        TaskHandler real = written == null ? otherwise.find(bare) : written;
        return request -> {
            requests.add(request);
            String named = answers.containsKey(resource) ? resource : bare;
            String name = answers.containsKey(request.stateName()) ? request.stateName() : named;
            List<Answer> list = answers.get(name);
            if (list == null) {
                if (real == null) {
                    throw new TaskException(
                            "States.Runtime",
                            "The task '" + request.stateName() + "' has no mock, by its name or as " + resource
                                    + ", and nothing else does its work");
                }
                return real.start(request);
            }
            int call = calls.merge(name, 1, Integer::sum);
            CompletionStage<?> answer =
                    list.get(Math.min(call, list.size()) - 1).to(request);
            return request.resource().endsWith(".waitForTaskToken") ? byToken(request, answer, Map.of()) : answer;
        };
    }

    /** A mock of a callback stands for the token's answer; the service only takes the work. */
    private static CompletionStage<?> byToken(
            TaskRequest request, CompletionStage<?> answer, @Nullable Object submitted) {
        String token = java.util.Objects.requireNonNull(request.token());
        answer.whenComplete((result, failure) -> {
            if (failure == null) {
                request.tokens().succeed(token, result);
            } else if (failure instanceof TaskException e) {
                request.tokens().fail(token, e.error(), e.causeText());
            } else {
                request.tokens().fail(token, "States.TaskFailed", failure.toString());
            }
        });
        return CompletableFuture.completedFuture(submitted);
    }
}
