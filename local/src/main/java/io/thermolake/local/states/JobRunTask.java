package io.thermolake.local.states;

import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code glue:startJobRun.sync}: starts the job and answers when it is over; only SUCCEEDED is success. */
final class JobRunTask {
    private static final long POLL_MILLIS = 100;

    private final SdkCalls calls;
    private final ScheduledExecutorService poller;

    JobRunTask(SdkCalls calls, ScheduledExecutorService poller) {
        this.calls = calls;
        this.poller = poller;
    }

    CompletionStage<?> run(TaskRequest request) {
        Map<String, Object> arguments = TaskResources.arguments(request);
        Object id = calls.call("glue", "startJobRun", arguments).get("JobRunId");
        Object job = arguments.get("JobName");
        CompletableFuture<Object> answer = new CompletableFuture<>();
        request.cancelled().thenRun(() -> {
            answer.cancel(false);
            calls.call("glue", "batchStopJobRun", Map.of("JobName", job, "JobRunIds", List.of(id)));
        });
        poll(Map.of("JobName", job, "RunId", id), answer);
        return answer;
    }

    private void poll(Map<String, Object> run, CompletableFuture<Object> answer) {
        if (answer.isDone()) {
            return;
        }
        try {
            Map<?, ?> state =
                    calls.call("glue", "getJobRun", run).get("JobRun") instanceof Map<?, ?> map ? map : Map.of();
            switch (String.valueOf(state.get("JobRunState"))) {
                case "SUCCEEDED" -> answer.complete(state);
                case "FAILED", "ERROR", "TIMEOUT", "STOPPED", "EXPIRED" ->
                    answer.completeExceptionally(new TaskException("States.TaskFailed", Json.text(Json.normal(state))));
                default -> poller.schedule(() -> poll(run, answer), POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }
}
