package io.thermolake.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A vertical axis with round ticks.
 *
 * @param least value at the bottom
 * @param most value at the top, greater
 * @param ticks round values from bottom to top
 */
record Axis(double least, double most, List<Double> ticks) {
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final int MOST_TICKS = 5;
    /** A room whose temperature never changes still gets an axis. */
    private static final double LEAST_SPAN = 1;

    /** An axis that holds both values between ticks. */
    static Axis over(double lowest, double highest) {
        double spare = Math.max(0, LEAST_SPAN - (highest - lowest)) / 2;
        double step = step(highest - lowest + 2 * spare);
        double least = Math.floor((lowest - spare) / step) * step;
        double most = Math.ceil((highest + spare) / step) * step;
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; least + i * step <= most + step / 2; i++) {
            ticks.add(least + i * step);
        }
        return new Axis(least, most, ticks);
    }

    private static double step(double span) {
        double raw = span / (MOST_TICKS - 1);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double step : STEPS) {
            if (step * power >= raw) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /** How far below the top a value lies, 0 to 1. */
    double below(double value) {
        return (most - value) / (most - least);
    }
}
