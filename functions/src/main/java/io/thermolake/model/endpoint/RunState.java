package io.thermolake.model.endpoint;

import org.jspecify.annotations.Nullable;

/** Whether a run may still need what it made. */
public enum RunState {
    ON,
    OVER,
    /** Neither is proven, so nothing of it may be deleted. */
    UNKNOWN;

    /** @param status of its execution, as Step Functions spells it; null when it cannot be told */
    public static RunState of(@Nullable String status) {
        if (status == null) {
            return UNKNOWN;
        }
        return switch (status) {
            case "RUNNING", "PENDING_REDRIVE" -> ON;
            case "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED" -> OVER;
            default -> UNKNOWN;
        };
    }
}
