package io.thermolake.model.promotion;

import io.thermolake.detect.Rows;
import java.util.Arrays;
import java.util.Random;

/** Puts a fault into readings. */
final class Injection {
    private static final long DAY = 86_400;
    private static final double COOLING_SECONDS = 15 * 3600;
    private static final double WARMING_SECONDS = 3 * 3600;
    private static final double PRECISION = 1e6;

    private final Rows all;
    private final double step;
    private final double interval;

    /**
     * @param all the days with those before them
     * @param step what the sensor rounds to: a fault's readings are of the same numbers as the others
     */
    Injection(Rows all, double step, double interval) {
        this.all = all;
        this.step = step;
        this.interval = interval;
    }

    Rows into(Rows days, Fault fault, long seed) {
        long[] seconds = days.seconds();
        double[] values = days.values();
        Random random = new Random(seed);
        int from = days.firstFrom(fault.start());
        int kept = from;
        for (int i = from; i < seconds.length; i++) {
            if (fault.kind() == FaultKind.SILENT && fault.isOn(seconds[i])) {
                continue;
            }
            seconds[kept] = seconds[i];
            values[kept] = faulty(days, i, from, fault, random);
            kept++;
        }
        return new Rows(Arrays.copyOf(seconds, kept), Arrays.copyOf(values, kept));
    }

    private double faulty(Rows days, int row, int from, Fault fault, Random random) {
        long second = days.second(row);
        double value = days.value(row);
        double age = second - fault.start();
        if (fault.kind() == FaultKind.HEATING_OFF) {
            return rounded(value - lost(fault, age), value);
        }
        if (!fault.isOn(second)) {
            return value;
        }
        return switch (fault.kind()) {
            case SPIKE -> row == from ? rounded(value + fault.size(), value) : value;
            case OFFSET -> rounded(value + fault.size(), value);
            case DRIFT -> rounded(value + fault.size() * age / (fault.end() - fault.start()), value);
            case STUCK -> days.value(from);
            case WRONG_HOUR -> shifted(second, fault.size(), value);
            case NOISE -> rounded(value + fault.size() * random.nextGaussian(), value);
            case SILENT, HEATING_OFF -> value;
        };
    }

    /** A room cools down slowly, and is warm again sooner. */
    private static double lost(Fault fault, double age) {
        double length = (double) fault.end() - fault.start();
        double cooled = fault.size() * (1 - StrictMath.exp(-Math.min(age, length) / COOLING_SECONDS));
        return age <= length ? cooled : cooled * StrictMath.exp(-(age - length) / WARMING_SECONDS);
    }

    /** What was measured so many hours before; for a day that is early, so many hours before this time of yesterday's tomorrow. */
    private double shifted(long second, double hours, double value) {
        long back = (long) (hours * 3600);
        long at = second - (back > 0 ? back : DAY + back);
        int row = all.firstFrom(at);
        return row < all.size() && all.second(row) - at <= 2 * interval ? all.value(row) : value;
    }

    /** @param was what is given back where the fault is less than what the sensor shows */
    private double rounded(double value, double was) {
        if (step == 0) {
            return value;
        }
        double changed = Math.rint((value - was) / step) * step;
        return changed == 0 ? was : Math.rint((was + changed) * PRECISION) / PRECISION;
    }
}
