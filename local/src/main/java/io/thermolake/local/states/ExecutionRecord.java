package io.thermolake.local.states;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution, as it is kept.
 *
 * @param input the input's text, as it was given
 * @param status AWS's ExecutionStatus
 * @param parent the execution that started it and waits for it, or null
 */
record ExecutionRecord(
        String arn,
        String name,
        String machineArn,
        String input,
        String status,
        @Nullable String output,
        @Nullable String error,
        @Nullable String cause,
        Instant started,
        @Nullable Instant stopped,
        int redriveCount,
        @Nullable Instant redriven,
        @Nullable String parent) {

    ExecutionRecord ended(
            String newStatus,
            @Nullable String newOutput,
            @Nullable String newError,
            @Nullable String newCause,
            Instant at) {
        return new ExecutionRecord(
                arn,
                name,
                machineArn,
                input,
                newStatus,
                newOutput,
                newError,
                newCause,
                started,
                at,
                redriveCount,
                redriven,
                parent);
    }

    ExecutionRecord redrivenAt(Instant at) {
        return new ExecutionRecord(
                arn, name, machineArn, input, "RUNNING", null, null, null, started, null, redriveCount + 1, at, parent);
    }
}
