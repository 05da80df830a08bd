package io.thermolake.local.states;

import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;

/** StartExecution and StartSyncExecution, by the machine's type. */
final class Starts {
    private static final String NO_INPUT = "{}";

    private final Targets targets;
    private final Runs runs;
    private final ExpressRuns express;

    Starts(Targets targets, Runs runs, ExpressRuns express) {
        this.targets = targets;
        this.runs = runs;
        this.express = express;
    }

    StartExecutionResponse start(StartExecutionRequest request) {
        Targets.Target target = targets.startable(request.stateMachineArn());
        String input = request.input() == null ? NO_INPUT : request.input();
        if (target.machine().express()) {
            ExpressRuns.Run run = express.start(target, request.name(), input);
            return StartExecutionResponse.builder()
                    .executionArn(run.arn())
                    .startDate(run.started())
                    .build();
        }
        ExecutionRecord execution = runs.start(target, request.name(), input, null);
        return StartExecutionResponse.builder()
                .executionArn(execution.arn())
                .startDate(execution.started())
                .build();
    }

    /** Waits for the end. */
    StartSyncExecutionResponse startSync(StartSyncExecutionRequest request) {
        Targets.Target target = targets.startable(request.stateMachineArn());
        if (!target.machine().express()) {
            throw SfnErrors.wrongType();
        }
        return express
                .start(target, request.name(), request.input() == null ? NO_INPUT : request.input())
                .result()
                .join()
                .toBuilder()
                .traceHeader(request.traceHeader())
                .build();
    }
}
