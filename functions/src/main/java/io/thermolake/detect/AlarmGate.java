package io.thermolake.detect;

/**
 * Lets the first anomaly of an episode through as an alarm, and nothing more until it has been quiet for the cool-down: for
 * some time, and, where values are far apart, for some values. One thing begins an episode within another: what is of another
 * kind and at least twice as far from usual as what the episode was told for. So a slight oddity at noon hides no sensor that
 * fails at two.
 */
public final class AlarmGate {
    private static final double WORSE = 2;

    private final long coolDownSeconds;
    private final int coolDownRows;
    private long lastSecond = Long.MIN_VALUE;
    private long lastRow;
    private long row;
    private boolean begun;
    private double greatest;
    private Cause.Kind kind = Cause.Kind.ROOM;

    /** @param coolDownSeconds ≥ 0; both have to be over */
    public AlarmGate(long coolDownSeconds, int coolDownRows) {
        this.coolDownSeconds = coolDownSeconds;
        this.coolDownRows = coolDownRows;
    }

    /** @return whether this value begins an episode; without a verdict all anomalies are of one kind and equally far out */
    public boolean alarm(long second, boolean anomaly) {
        return next(second, anomaly, greatest, kind);
    }

    /** @return whether this value begins an episode */
    public boolean alarm(long second, Verdict verdict) {
        return next(second, verdict.anomaly(), verdict.ratio(), verdict.cause().kind());
    }

    private boolean next(long second, boolean anomaly, double ratio, Cause.Kind of) {
        row++;
        if (!anomaly) {
            return false;
        }
        boolean quiet = !begun || (second - lastSecond > coolDownSeconds && row - lastRow > coolDownRows);
        boolean worse = of != kind && ratio >= WORSE * greatest;
        kind = quiet || worse ? of : kind;
        // The greatest of what was told is kept: a silence that grows slowly must not be measured by itself.
        if (of == kind) {
            greatest = quiet ? ratio : Math.max(greatest, ratio);
        }
        lastSecond = Math.max(lastSecond, second);
        lastRow = row;
        begun = true;
        return quiet || worse;
    }
}
