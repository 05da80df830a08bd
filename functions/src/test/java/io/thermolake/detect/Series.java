package io.thermolake.detect;

import java.util.Random;
import java.util.function.LongToDoubleFunction;

/** A made-up room, every ten minutes: warm from 7 to 18 on five days of seven, with a little noise. */
final class Series {
    static final long STEP = 600;
    static final long DAY = 86_400;
    /** A Thursday. */
    static final long START = 0;

    private Series() {}

    /** @param fault added to what is usual; not a number where the sensor says nothing */
    static double[] values(int days, long seed, LongToDoubleFunction fault) {
        Random random = new Random(seed);
        double[] values = new double[(int) (days * DAY / STEP)];
        for (int i = 0; i < values.length; i++) {
            double noisy = usual(second(i)) + 0.05 * random.nextGaussian() + fault.applyAsDouble(second(i));
            values[i] = Double.isNaN(noisy) ? noisy : Math.round(noisy * 100) / 100.0;
        }
        return values;
    }

    static long second(int row) {
        return START + row * STEP;
    }

    private static double usual(long second) {
        long weekday = (second / DAY + 3) % 7;
        double hour = second % DAY / 3600.0;
        return weekday < 5 && hour >= 7 && hour < 18 ? 21 : 18;
    }

    static RoomModel trained(int days, long seed) {
        return training(days, seed).model();
    }

    static Training training(int days, long seed) {
        double[] values = values(days, seed, second -> 0);
        long[] seconds = new long[values.length];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = second(i);
        }
        return new Training(seconds, values, new AlarmBudget(0.7));
    }
}
