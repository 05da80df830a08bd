package io.thermolake.report;

import org.jspecify.annotations.Nullable;

/** What a query execution's state means to the one who waits. */
enum QueryStatus {
    RUNNING,
    SUCCEEDED,
    FAILED;

    /** @param state as Athena spells it; one that is not known yet is waited on, within the deadline */
    static QueryStatus of(@Nullable String state) {
        if (state == null) {
            return RUNNING;
        }
        return switch (state) {
            case "SUCCEEDED" -> SUCCEEDED;
            case "FAILED", "CANCELLED" -> FAILED;
            default -> RUNNING;
        };
    }
}
