package io.thermolake.detect;

/** What a series mostly is at a time of its period: a mean for each part of it, in which the past counts less and less. */
final class Baseline {
    private final long period;
    private final double weight;
    private final double[] mean;
    private final int[] seen;

    /**
     * @param periodSeconds a day or a week
     * @param parts that it is cut into
     * @param weight of a new value, 0 to 1; the first ones count more, so that the mean is theirs
     */
    Baseline(long periodSeconds, int parts, double weight) {
        this.period = periodSeconds;
        this.weight = weight;
        this.mean = new double[parts];
        this.seen = new int[parts];
    }

    /** @return how far the value is above what it mostly is; not a number where nothing was seen yet */
    double next(long second, double value) {
        int part = (int) (Math.floorMod(second, period) * mean.length / period);
        double residual = seen[part] == 0 ? Double.NaN : value - mean[part];
        seen[part]++;
        mean[part] += (value - mean[part]) * Math.max(weight, 1.0 / seen[part]);
        return residual;
    }
}
