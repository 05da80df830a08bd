package io.thermolake.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The execution that asks.
 *
 * @param arn {@code $states.context.Execution.Id}
 * @param name its name, which is the run's id
 * @param startedAt when it was started
 * @param redriveCount how often it was redriven
 */
public record ExecutionRef(String arn, String name, Instant startedAt, int redriveCount) {
    public ExecutionRef {
        requireNonNull(arn, "execution.arn is null");
        requireNonNull(name, "execution.name is null");
        requireNonNull(startedAt, "execution.startedAt is null");
    }
}
