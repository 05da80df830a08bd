package io.thermolake.detect;

/**
 * What a sensor's own faults look like, told before any forest: silence and repetition are measured against the longest of the
 * training, since what is long for one sensor is usual for another.
 *
 * @param intervalSeconds that mostly lies between two values
 * @param longestGapSeconds between two values of the training
 * @param longestRunSeconds over which the training's values stayed the same
 * @param likelyRunSeconds that such a run is over once in the budget's days
 */
public record SensorRules(
        double intervalSeconds, double longestGapSeconds, double longestRunSeconds, double likelyRunSeconds) {
    private static final double LONGER = 1.3;
    private static final double LEAST_GAP_INTERVALS = 3;
    private static final double LEAST_RUN_INTERVALS = 6;
    private static final double LEAST_GAP_SECONDS = 1800;
    private static final double LEAST_RUN_SECONDS = 3600;

    /** By the longest of the training alone. */
    public SensorRules(double intervalSeconds, double longestGapSeconds, double longestRunSeconds) {
        this(intervalSeconds, longestGapSeconds, longestRunSeconds, 0);
    }

    /** How long a sensor may say nothing, in seconds. */
    public double allowedGap() {
        return Math.max(LONGER * longestGapSeconds, Math.max(LEAST_GAP_INTERVALS * intervalSeconds, LEAST_GAP_SECONDS));
    }

    /** How long it may say the same, in seconds. */
    public double allowedRun() {
        double least = Math.max(LEAST_RUN_INTERVALS * intervalSeconds, LEAST_RUN_SECONDS);
        return Math.max(least, Math.max(LONGER * longestRunSeconds, likelyRunSeconds));
    }
}
