package io.thermolake.model.promotion;

import io.thermolake.detect.Rows;
import java.util.Random;
import java.util.function.LongToDoubleFunction;

/** A room, every ten minutes: heated from 7 to 18 on five days of seven, with a little noise, of tenths of a degree. */
final class MadeUpRoom {
    static final long STEP = 600;
    static final long DAY = 86_400;

    private MadeUpRoom() {}

    static Rows days(int days, long seed) {
        return days(days, seed, second -> 0);
    }

    /** @param more added to what is usual */
    static Rows days(int days, long seed, LongToDoubleFunction more) {
        Random random = new Random(seed);
        int rows = (int) (days * DAY / STEP);
        long[] seconds = new long[rows];
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            seconds[i] = i * STEP;
            double noisy = usual(seconds[i]) + 0.1 * random.nextGaussian() + more.applyAsDouble(seconds[i]);
            values[i] = Math.rint(noisy * 10) / 10;
        }
        return new Rows(seconds, values);
    }

    private static double usual(long second) {
        // Day 0 is a Thursday.
        long weekday = (second / DAY + 3) % 7;
        double hour = second % DAY / 3600.0;
        double heated =
                weekday < 5 && hour >= 7 ? hour < 18 ? 1 - Math.exp((7 - hour) / 1.5) : Math.exp((18 - hour) / 4) : 0;
        return 18 + 3 * heated + Math.sin(2 * Math.PI * hour / 24);
    }
}
