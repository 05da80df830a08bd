package io.thermolake.model.training;

import org.jspecify.annotations.Nullable;

/** What a training job's status means to the one who waits. */
public enum TrainingStatus {
    RUNNING,
    COMPLETED,
    FAILED;

    /** @param status as SageMaker spells it; one that is not known yet is waited on, within the deadline */
    public static TrainingStatus of(@Nullable String status) {
        if (status == null) {
            return RUNNING;
        }
        return switch (status) {
            case "Completed" -> COMPLETED;
            case "Failed", "Stopped" -> FAILED;
            default -> RUNNING;
        };
    }
}
