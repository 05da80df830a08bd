package io.thermolake.local.states;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A published version of a machine, which never changes.
 *
 * @param number from 1, never given twice
 * @param definition its id among {@link Definitions}
 */
record Version(
        String arn,
        String machineArn,
        long number,
        String definition,
        String roleArn,
        @Nullable String revisionId,
        @Nullable String description,
        Instant created) {}
