package io.thermolake.model.endpoint;

import org.jspecify.annotations.Nullable;

/** What an endpoint's status means to the one who waits for it to come up. */
enum EndpointStatus {
    STARTING,
    IN_SERVICE,
    FAILED;

    /** @param status as SageMaker spells it; one that is not known yet is waited on, within the deadline */
    static EndpointStatus of(@Nullable String status) {
        if (status == null) {
            return STARTING;
        }
        return switch (status) {
            case "InService" -> IN_SERVICE;
            case "Failed", "OutOfService", "Deleting", "UpdateRollbackFailed" -> FAILED;
            default -> STARTING;
        };
    }
}
