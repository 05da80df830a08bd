package io.thermolake.asl;

/**
 * How a distributed Map's run stands.
 *
 * @param status RUNNING, SUCCEEDED, FAILED or ABORTED
 * @param total the children: items, or batches of them
 */
public record MapRunStatus(
        String arn,
        String executionArn,
        String status,
        int maxConcurrency,
        long toleratedFailureCount,
        double toleratedFailurePercentage,
        int total,
        int running,
        int succeeded,
        int failed) {
    /** The children that have not started, or were stopped. */
    public int pending() {
        return total - running - succeeded - failed;
    }
}
