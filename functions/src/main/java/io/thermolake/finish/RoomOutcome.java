package io.thermolake.finish;

import org.jspecify.annotations.Nullable;

/**
 * How the detection of one room ended.
 *
 * @param outcome SUCCEEDED, NO_MODEL or FAILED
 * @param reason why it has no model
 * @param version the model in use
 * @param scored readings that this run scored
 * @param refused why a quota left it without what it needed, null where none did
 */
public record RoomOutcome(
        String room,
        String outcome,
        @Nullable String error,
        @Nullable String cause,
        @Nullable String reason,
        @Nullable String version,
        long scored,
        @Nullable String refused) {
    public RoomOutcome {
        if (outcome.equals("FAILED") && (cause == null || cause.isBlank())) {
            cause = refused == null ? "no cause was given" : refused;
        }
    }
}
