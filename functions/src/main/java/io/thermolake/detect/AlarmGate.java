package io.thermolake.detect;

/**
 * Lets the first anomaly of an episode through as an alarm, and nothing more until it has been quiet for the cool-down: for
 * some time, and, where values are far apart, for some values.
 */
public final class AlarmGate {
    private final long coolDownSeconds;
    private final int coolDownRows;
    private long lastSecond = Long.MIN_VALUE;
    private long lastRow;
    private long row;
    private boolean begun;

    /** @param coolDownSeconds ≥ 0; both have to be over */
    public AlarmGate(long coolDownSeconds, int coolDownRows) {
        this.coolDownSeconds = coolDownSeconds;
        this.coolDownRows = coolDownRows;
    }

    /** @return whether this value begins an episode */
    public boolean alarm(long second, boolean anomaly) {
        row++;
        if (!anomaly) {
            return false;
        }
        boolean quiet = !begun || (second - lastSecond > coolDownSeconds && row - lastRow > coolDownRows);
        lastSecond = Math.max(lastSecond, second);
        lastRow = row;
        begun = true;
        return quiet;
    }
}
