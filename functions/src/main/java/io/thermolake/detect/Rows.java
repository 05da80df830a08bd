package io.thermolake.detect;

import io.thermolake.lake.RoomReading;
import java.util.Arrays;
import java.util.List;

/** One room's readings in the order of time. */
public final class Rows {
    private final long[] seconds;
    private final double[] values;

    /**
     * @param seconds since 1970, not falling
     * @param values as many, °C
     */
    public Rows(long[] seconds, double[] values) {
        if (seconds.length != values.length) {
            throw new IllegalArgumentException(
                    "%d times cannot have %d values".formatted(seconds.length, values.length));
        }
        for (int i = 1; i < seconds.length; i++) {
            if (seconds[i] < seconds[i - 1]) {
                throw new IllegalArgumentException("row %d of second %d comes before the one of second %d"
                        .formatted(i, seconds[i], seconds[i - 1]));
            }
        }
        this.seconds = seconds.clone();
        this.values = values.clone();
    }

    /** Readings as numbers. @param readings in the order of time */
    public static Rows of(List<RoomReading> readings) {
        return new Rows(
                readings.stream().mapToLong(RoomReading::second).toArray(),
                readings.stream().mapToDouble(RoomReading::temperature).toArray());
    }

    public int size() {
        return seconds.length;
    }

    public long second(int row) {
        return seconds[row];
    }

    public double value(int row) {
        return values[row];
    }

    public long[] seconds() {
        return seconds.clone();
    }

    public double[] values() {
        return values.clone();
    }

    /** The rows of a time, its end excluded. */
    public Rows between(long from, long to) {
        int first = firstFrom(from);
        int last = Math.max(first, firstFrom(to));
        return new Rows(Arrays.copyOfRange(seconds, first, last), Arrays.copyOfRange(values, first, last));
    }

    /** These and later ones. */
    public Rows and(Rows later) {
        long[] all = Arrays.copyOf(seconds, size() + later.size());
        double[] their = Arrays.copyOf(values, size() + later.size());
        System.arraycopy(later.seconds, 0, all, size(), later.size());
        System.arraycopy(later.values, 0, their, size(), later.size());
        return new Rows(all, their);
    }

    /** The first row that is not before a second; {@link #size()} where there is none. */
    public int firstFrom(long second) {
        int from = 0;
        int to = seconds.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (seconds[middle] < second) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** What the sensor rounds to: the least step between neighbours that differ, but for one in a hundred. */
    public double step() {
        double[] steps = new double[values.length];
        int n = 0;
        for (int i = 1; i < values.length; i++) {
            double step = Math.abs(values[i] - values[i - 1]);
            if (step > 1e-9) {
                steps[n++] = step;
            }
        }
        Arrays.sort(steps, 0, n);
        return n == 0 ? 0 : steps[n / 100];
    }
}
