package io.thermolake.detect;

/**
 * What a sensor's own faults look like, told before any forest: silence and repetition are measured against the longest of the
 * training, since what is long for one sensor is usual for another.
 *
 * @param intervalSeconds that mostly lies between two values
 * @param longestGapSeconds between two values of the training
 * @param longestRunSeconds over which the training's values stayed the same
 */
public record SensorRules(double intervalSeconds, double longestGapSeconds, double longestRunSeconds) {
    private static final double LONGER = 1.3;
    private static final double LEAST_GAP_INTERVALS = 3;
    private static final double LEAST_RUN_INTERVALS = 6;
    private static final double LEAST_GAP_SECONDS = 7200;
    private static final double LEAST_RUN_SECONDS = 3600;

    /** How long a sensor may say nothing, in seconds. */
    public double allowedGap() {
        return Math.max(LONGER * longestGapSeconds, Math.max(LEAST_GAP_INTERVALS * intervalSeconds, LEAST_GAP_SECONDS));
    }

    /** How long it may say the same, in seconds. */
    public double allowedRun() {
        return Math.max(LONGER * longestRunSeconds, Math.max(LEAST_RUN_INTERVALS * intervalSeconds, LEAST_RUN_SECONDS));
    }
}
