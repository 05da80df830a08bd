package io.thermolake.plan;

import static java.util.Objects.requireNonNull;

import io.thermolake.lake.Sha256;
import io.thermolake.run.RunInput;
import java.time.Instant;

/**
 * The mark of a start that history asked for and that was skipped, since another run was on.
 *
 * @param runId the skipped run
 * @param input what it was given: the follow-up is that run again
 * @param markedAt wall clock
 */
public record PendingStart(String runId, RunInput input, Instant markedAt) {
    private static final int HASH_LENGTH = 32;

    public PendingStart {
        requireNonNull(runId, "pending.runId is null");
        requireNonNull(input, "pending.input is null");
        requireNonNull(markedAt, "pending.markedAt is null");
    }

    /** The follow-up's execution. It follows from the mark, so whoever honours the mark again names the same one. */
    public String followUp() {
        return "followup-" + Sha256.of(runId).substring(0, HASH_LENGTH);
    }
}
