package io.thermolake.local.states;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.Timer;
import io.thermolake.asl.engine.Engine;
import io.thermolake.local.aws.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.BillingDetails;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;

/**
 * Executions of express machines. AWS keeps nothing of them but logs, and the laptop nothing at all: who wants the result
 * starts them synchronously.
 */
final class ExpressRuns {
    /** "Maximum execution time" of express workflows in the quotas of Step Functions. */
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** The least that AWS bills for, in MB and in ms. */
    private static final long MEMORY_CHUNK = 64;

    private static final long DURATION_CHUNK = 100;
    private static final double MB_IN_GB = 1024;
    private static final double MILLIS = 1000;

    /**
     * A started execution.
     *
     * @param result its end, as the API tells it
     */
    record Run(String arn, Instant started, CompletableFuture<StartSyncExecutionResponse> result) {}

    private final Engine engine;
    private final Timer timer;
    private final Definitions definitions;
    private final Usage meter;

    ExpressRuns(Engine engine, Timer timer, Definitions definitions, Usage meter) {
        this.engine = engine;
        this.timer = timer;
        this.definitions = definitions;
        this.meter = meter;
    }

    /** Starts an execution; the name need not be a new one. @param text the input */
    Run start(Targets.Target target, @Nullable String givenName, String text) {
        MachineRecord machine = target.machine();
        String name = SfnErrors.name(givenName == null ? UUID.randomUUID().toString() : givenName);
        Object input = Runs.input(text);
        Instant started = timer.now();
        String arn = Arn.of(Arn.EXPRESS, machine.name() + ":" + name + ":" + UUID.randomUUID());
        Execution execution = engine.start(
                definitions.get(target.definition(), machine.kind()),
                new ExecutionIdentity(arn, name, target.roleArn(), started, machine.arn(), machine.name()),
                input,
                ExecutionListener.NONE);
        CompletableFuture<ExecutionResult> end = execution.result();
        CompletableFuture<ExecutionResult> bounded = new CompletableFuture<>();
        Runnable cancel = timer.schedule(LONGEST, Timer.Purpose.TIMEOUT, () -> {
            if (bounded.complete(new ExecutionResult.TimedOut())) {
                execution.stop(null, null);
            }
        });
        end.thenAccept(result -> {
            cancel.run();
            bounded.complete(result);
        });
        StartSyncExecutionResponse.Builder answer = StartSyncExecutionResponse.builder()
                .executionArn(arn)
                .stateMachineArn(machine.arn())
                .name(name)
                .startDate(started)
                .input(text)
                .inputDetails(ExecutionReads.included(true));
        return new Run(arn, started, bounded.thenApply(result -> over(answer, started, result)));
    }

    private StartSyncExecutionResponse over(
            StartSyncExecutionResponse.Builder answer, Instant started, ExecutionResult result) {
        Instant stopped = timer.now();
        long millis = Duration.between(started, stopped).toMillis();
        long billed = Math.max(1, (millis + DURATION_CHUNK - 1) / DURATION_CHUNK) * DURATION_CHUNK;
        meter.add("Step Functions", "express request", 1);
        meter.add("Step Functions", "express GB-second", MEMORY_CHUNK / MB_IN_GB * billed / MILLIS);
        answer.stopDate(stopped)
                .status(result.status())
                .billingDetails(BillingDetails.builder()
                        .billedMemoryUsedInMB(MEMORY_CHUNK)
                        .billedDurationInMilliseconds(billed)
                        .build());
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            answer.output(Json.text(succeeded.output())).outputDetails(ExecutionReads.included(true));
        } else if (result instanceof ExecutionResult.Failed failed) {
            answer.error(failed.error()).cause(failed.cause());
        } else if (result instanceof ExecutionResult.Aborted aborted) {
            // Only a cloud that closes stops an express execution: the API knows no ABORTED.
            answer.status("FAILED").error(aborted.error()).cause(aborted.cause());
        }
        return answer.build();
    }
}
