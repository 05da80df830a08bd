package io.thermolake.local.states;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** {@code states:startExecution}: alone, with a token, or waiting for the end. */
final class NestedRuns {
    private final Targets targets;
    private final Runs runs;
    private final ExpressRuns express;
    private final Executions executions;
    private final Redrives redrives;
    private final Executor executor;

    NestedRuns(
            Targets targets,
            Runs runs,
            ExpressRuns express,
            Executions executions,
            Redrives redrives,
            Executor executor) {
        this.targets = targets;
        this.runs = runs;
        this.express = express;
        this.executions = executions;
        this.redrives = redrives;
        this.executor = executor;
    }

    /** Answers when the execution has started. */
    CompletionStage<?> start(TaskRequest request) {
        try {
            Targets.Target target = target(request);
            if (target.machine().express()) {
                ExpressRuns.Run run = express.start(target, name(request), input(request));
                return CompletableFuture.completedFuture(started(run.arn(), run.started()));
            }
            ExecutionRecord child = runs.start(target, name(request), input(request), null);
            return CompletableFuture.completedFuture(started(child.arn(), child.started()));
        } catch (AwsServiceException e) {
            throw SdkCalls.failed("StepFunctions", e);
        }
    }

    /**
     * {@code .sync} and {@code .sync:2}: the parent waits for the child, and a parent that is stopped stops it.
     *
     * @param parsed whether the child's input and output are JSON, as {@code .sync:2} has them, or texts
     */
    CompletionStage<?> sync(TaskRequest request, boolean parsed) {
        ExecutionRecord child;
        try {
            Targets.Target target = target(request);
            if (target.machine().express()) {
                throw SfnErrors.wrongType();
            }
            child = runs.start(target, name(request), input(request), parent(request));
        } catch (AwsServiceException e) {
            throw SdkCalls.failed("StepFunctions", e);
        }
        String arn = child.arn();
        request.submitted().accept(started(arn, child.started()));
        request.cancelled().thenRun(() -> runs.stop(arn, null, "The execution that started it was stopped"));
        return runs.result(arn).thenApplyAsync(result -> described(arn, result, parsed), executor);
    }

    private Targets.Target target(TaskRequest request) {
        return targets.startable(String.valueOf(TaskResources.arguments(request).get("StateMachineArn")));
    }

    private static @Nullable String name(TaskRequest request) {
        return (String) TaskResources.arguments(request).get("Name");
    }

    private static String input(TaskRequest request) {
        return Json.text(TaskResources.arguments(request).getOrDefault("Input", Map.of()));
    }

    private static @Nullable String parent(TaskRequest request) {
        return request.context().get("Execution") instanceof Map<?, ?> of ? String.valueOf(of.get("Id")) : null;
    }

    private static Map<String, Object> started(String arn, Instant at) {
        return Map.of("ExecutionArn", arn, "StartDate", at.toEpochMilli());
    }

    /** As DescribeExecution tells it. */
    private Map<String, @Nullable Object> described(String arn, ExecutionResult result, boolean parsed) {
        ExecutionRecord child = executions.find(arn);
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        if (result instanceof ExecutionResult.Failed failed) {
            description.put("Cause", failed.cause());
            description.put("Error", failed.error());
        } else if (result instanceof ExecutionResult.Aborted aborted) {
            description.put("Cause", aborted.cause());
            description.put("Error", aborted.error());
        }
        description.values().removeIf(java.util.Objects::isNull);
        description.put("ExecutionArn", arn);
        description.put("Input", parsed ? Json.parse(child.input()) : child.input());
        description.put("InputDetails", Map.of("Included", true));
        description.put("Name", child.name());
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            description.put("Output", parsed ? succeeded.output() : Json.text(succeeded.output()));
            description.put("OutputDetails", Map.of("Included", true));
        }
        description.put("RedriveCount", (long) child.redriveCount());
        Redrives.Status redrive = redrives.status(child);
        description.put("RedriveStatus", redrive.status());
        if (redrive.reason() != null) {
            description.put("RedriveStatusReason", redrive.reason());
        }
        description.put("StartDate", child.started().toEpochMilli());
        description.put("StateMachineArn", child.machineArn());
        description.put("Status", result.status());
        if (child.stopped() != null) {
            description.put("StopDate", child.stopped().toEpochMilli());
        }
        if (result instanceof ExecutionResult.Succeeded) {
            return description;
        }
        throw new TaskException("States.TaskFailed", Json.text(description));
    }
}
