package io.thermolake.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One execution of the pipeline, as every function after PlanRun gets it.
 *
 * @param id the execution's name
 * @param executionArn the execution, to ask whether it still lives
 * @param now the run's idea of the present: its input {@code now}, else its slot, else the execution's start
 * @param base the number of the manifest that the run was planned from, 0 when there was none; the fencing token
 */
public record Run(String id, String executionArn, Instant now, long base) {
    public Run {
        requireNonNull(id, "run.id is null");
        requireNonNull(executionArn, "run.executionArn is null");
        requireNonNull(now, "run.now is null");
        if (base < 0) {
            throw new IllegalArgumentException("run.base must be >= 0 but is " + base);
        }
    }
}
