package io.thermolake.local.states;

import io.thermolake.asl.engine.Engine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionRequest;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionResponse;

/** RedriveExecution, and whether it is possible: both from the API reference. */
final class Redrives {
    private static final Duration PERIOD = Duration.ofDays(14);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);
    static final String BY_MAP_RUN = "REDRIVABLE_BY_MAP_RUN";

    /**
     * Whether an execution can be redriven.
     *
     * @param status AWS's ExecutionRedriveStatus
     * @param reason why not, or null
     */
    record Status(String status, @Nullable String reason) {}

    private final Executions executions;
    private final Machines machines;
    private final Runs runs;
    private final Clock clock;

    Redrives(Executions executions, Machines machines, Runs runs, Clock clock) {
        this.executions = executions;
        this.machines = machines;
        this.runs = runs;
        this.clock = clock;
    }

    Status status(ExecutionRecord execution) {
        String reason = reason(
                execution,
                clock.instant(),
                machines.get(Arn.parse(execution.machineArn(), Arn.MACHINE).machine())
                        .filter(m -> !m.deleting())
                        .isPresent(),
                () -> executions.histories().of(execution.arn()).size());
        if (reason != null) {
            return new Status("NOT_REDRIVABLE", reason);
        }
        return new Status(execution.mapRunArn() == null ? "REDRIVABLE" : BY_MAP_RUN, null);
    }

    /** Why an execution cannot be redriven, or null. @param events how many its history has; asked last */
    static @Nullable String reason(
            ExecutionRecord execution, Instant now, boolean machineThere, java.util.function.IntSupplier events) {
        if (List.of("RUNNING", "SUCCEEDED").contains(execution.status())) {
            return "Execution is " + execution.status() + " and cannot be redriven";
        }
        if (!machineThere) {
            return "State machine is in DELETING status";
        }
        if (execution.stopped() != null && execution.stopped().plus(PERIOD).isBefore(now)) {
            return "Execution redrivable period exceeded";
        }
        if (execution.started().plus(LONGEST).isBefore(now)) {
            return "Execution has exceeded the max execution time";
        }
        return Engine.isRedrivable(events.getAsInt()) ? null : "Execution history event limit exceeded";
    }

    /** A client token that was used in the last minutes answers with the redrive that it began. */
    synchronized RedriveExecutionResponse redrive(RedriveExecutionRequest request) {
        ExecutionRecord before = executions.find(request.executionArn());
        Instant now = clock.instant();
        Optional<ExecutionRecord.Token> used = Optional.ofNullable(before.tokens()).orElse(List.of()).stream()
                .filter(t -> t.clientToken().equals(request.clientToken()))
                .filter(t -> t.at().plus(TOKEN_LIFE).isAfter(now))
                .findFirst();
        if (used.isPresent()) {
            return RedriveExecutionResponse.builder()
                    .redriveDate(used.get().at())
                    .build();
        }
        Status status = status(before);
        if (!status.status().equals("REDRIVABLE")) {
            throw ExecutionNotRedrivableException.builder()
                    .message(
                            status.reason() == null
                                    ? "Execution is redriven by its Map Run: redrive " + before.parent()
                                    : status.reason())
                    .build();
        }
        runs.redrive(before.redrivenAt(now, request.clientToken()));
        return RedriveExecutionResponse.builder().redriveDate(now).build();
    }
}
