package io.thermolake.detect;

import java.util.Arrays;

/**
 * One value as its past makes it look, before a forest was asked.
 *
 * @param row what the forest sees of it: finite numbers, 1 where a view is as great as its limit
 * @param ratio the greatest of rule and features to what each is allowed, ≥ 0
 * @param cause what made the ratio
 */
public record Context(float[] row, double ratio, Cause cause) {
    /** The share of the limit from which on a forest is asked; nearer to it a forest adds nothing, and from farther away it calls a season unusual (measured). */
    private static final double NEAR = 0.8;

    public Context {
        row = row.clone();
    }

    /** Without a forest. */
    public Verdict verdict() {
        return Verdict.of(ratio, cause);
    }

    /**
     * Whether a forest's word counts: it tells of views that are near their limits together. What is near to none of its limits
     * may be rare, and still is not worth an alarm.
     */
    public boolean isNear() {
        return ratio >= NEAR;
    }

    /**
     * @param forestScore of {@link #row()}
     * @param forestAllowed how great it may be
     */
    public Verdict verdict(double forestScore, double forestAllowed) {
        double forest = Math.min(forestScore / forestAllowed, ratio / NEAR);
        return isNear() && forest > ratio ? Verdict.of(forest, Cause.UNUSUAL) : verdict();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Context c && Arrays.equals(row, c.row) && ratio == c.ratio && cause == c.cause;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(row) + Double.hashCode(ratio);
    }
}
