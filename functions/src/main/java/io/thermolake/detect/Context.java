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
    public Context {
        row = row.clone();
    }

    /** Without a forest. */
    public Verdict verdict() {
        return Verdict.of(ratio, cause);
    }

    /**
     * @param forestScore of {@link #row()}
     * @param forestAllowed how great it may be
     */
    public Verdict verdict(double forestScore, double forestAllowed) {
        double forest = forestScore / forestAllowed;
        return forest > ratio ? Verdict.of(forest, Cause.UNUSUAL) : verdict();
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
