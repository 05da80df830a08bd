package io.thermolake.ingest;

/** What a job run's state says. */
enum JobProgress {
    RUNNING,
    SUCCEEDED,
    FAILED;

    /**
     * Only SUCCEEDED is success. A state that Glue may add is waited on, bounded by the deadline.
     *
     * @param state STARTING, RUNNING, STOPPING, STOPPED, SUCCEEDED, FAILED, TIMEOUT, ERROR, WAITING, EXPIRED
     */
    static JobProgress of(String state) {
        return switch (state) {
            case "SUCCEEDED" -> SUCCEEDED;
            case "STOPPED", "FAILED", "TIMEOUT", "ERROR", "EXPIRED" -> FAILED;
            default -> RUNNING;
        };
    }
}
