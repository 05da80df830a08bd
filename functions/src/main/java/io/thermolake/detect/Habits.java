package io.thermolake.detect;

import java.util.Arrays;

/** What a training's values mostly do: how often they come, how finely they are told, how far they go. */
final class Habits {
    private static final double LEAST_STEP = 1e-9;

    private final long[] seconds;
    private final double[] values;

    /** Neither is copied, neither is changed. */
    Habits(long[] seconds, double[] values) {
        this.seconds = seconds;
        this.values = values;
    }

    /** The seconds that mostly lie between two values: the median. */
    static double interval(long[] seconds) {
        double[] gaps = new double[Math.max(1, seconds.length - 1)];
        for (int i = 1; i < seconds.length; i++) {
            gaps[i - 1] = Math.max(0, seconds[i] - seconds[i - 1]);
        }
        Arrays.sort(gaps);
        return Math.max(1, gaps[gaps.length / 2]);
    }

    /** From the lowest twentieth of the values to the highest. */
    double span() {
        return quantile(values, 0.95) - quantile(values, 0.05);
    }

    double longestGap() {
        double longest = 0;
        for (int i = 1; i < seconds.length; i++) {
            longest = Math.max(longest, seconds[i] - seconds[i - 1]);
        }
        return longest;
    }

    /** Over which each value and those before it stayed the same, in seconds. */
    double[] runs() {
        double[] runs = new double[seconds.length];
        int from = 0;
        for (int i = 1; i < seconds.length; i++) {
            if (values[i] != values[from]) {
                from = i;
            }
            runs[i] = seconds[i] - seconds[from];
        }
        return runs;
    }

    /** The least step between neighbours that differ: what the sensor rounds to. */
    double step() {
        double[] steps = new double[values.length];
        int n = 0;
        for (int i = 1; i < values.length; i++) {
            double step = Math.abs(values[i] - values[i - 1]);
            if (step > LEAST_STEP) {
                steps[n++] = step;
            }
        }
        return n == 0 ? 0 : quantile(Arrays.copyOf(steps, n), 0.01);
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }
}
