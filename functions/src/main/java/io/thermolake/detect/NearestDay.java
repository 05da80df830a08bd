package io.thermolake.detect;

import java.util.Arrays;

/**
 * How far a series is from the nearest of its last {@value #DAYS} days at this time of day. Each of those days is a band: the
 * least and the greatest value within an hour of the time, so that a clock change, or people who come early, are near. The
 * distance to each day is smoothed over some hours, and the least of them counts: so an afternoon has to be like one day, and
 * not like ten days in turn. A holiday is near to some Sunday; a room that is warm at night is near to none.
 */
final class NearestDay {
    static final int DAYS = 28;
    private static final int SLOTS = 48;
    /** Slots on either side: an hour. */
    private static final int AROUND = 2;

    private static final long SLOT_SECONDS = 86_400 / SLOTS;
    /** One more than is looked back, for the day at hand, and one whose last hour reaches into it. */
    private static final int KEPT = DAYS + 2;

    private final double[] smoothing;
    private final double[][] low = new double[KEPT][SLOTS];
    private final double[][] high = new double[KEPT][SLOTS];
    private final double[][] bandLow = new double[KEPT][SLOTS];
    private final double[][] bandHigh = new double[KEPT][SLOTS];
    /** By smoothing, by days back. */
    private final double[][] distance;

    private long firstDay = Long.MIN_VALUE;
    private long today;
    private long last;

    /** @param smoothingSeconds the time in which two thirds of a distance are forgotten, > 0 */
    NearestDay(double... smoothingSeconds) {
        smoothing = smoothingSeconds.clone();
        distance = new double[smoothing.length][DAYS + 1];
    }

    /**
     * @param second since 1970, not before the last one
     * @return the distance in the value's unit for each smoothing, ≥ 0; not a number while there is no day to compare with
     */
    double[] next(long second, double value) {
        long day = Math.floorDiv(second, 86_400);
        int slot = (int) (Math.floorMod(second, 86_400) / SLOT_SECONDS);
        if (firstDay == Long.MIN_VALUE) {
            firstDay = day;
            today = day;
            last = second;
            clear(day);
        }
        turn(day);
        double[] nearest = new double[smoothing.length];
        Arrays.fill(nearest, Double.NaN);
        long back = Math.min(DAYS, day - firstDay);
        double seconds = Math.max(1, second - last);
        for (int s = 0; s < smoothing.length; s++) {
            double kept = StrictMath.exp(-seconds / smoothing[s]);
            double[] mine = distance[s];
            for (int days = 1; days <= back; days++) {
                int row = row(day - days);
                double least = bandLow[row][slot];
                double most = bandHigh[row][slot];
                if (least > most) {
                    continue;
                }
                double outside = value > most ? value - most : Math.max(0, least - value);
                mine[days] = mine[days] * kept + outside * (1 - kept);
                // Written so that the first one replaces what is not a number.
                if (!(nearest[s] <= mine[days])) {
                    nearest[s] = mine[days];
                }
            }
        }
        last = second;
        int row = row(day);
        low[row][slot] = Math.min(low[row][slot], value);
        high[row][slot] = Math.max(high[row][slot], value);
        return nearest;
    }

    private void turn(long day) {
        if (day == today) {
            return;
        }
        long from = Math.max(firstDay, today - 1);
        for (long d = Math.max(today + 1, day - KEPT + 1); d <= day; d++) {
            clear(d);
        }
        // Yesterday's last hour knows today's first only in part: it is made again when today is over.
        for (long d = Math.max(from, day - DAYS); d < day; d++) {
            band(d, day);
        }
        today = day;
    }

    private void clear(long day) {
        int row = row(day);
        Arrays.fill(low[row], Double.POSITIVE_INFINITY);
        Arrays.fill(high[row], Double.NEGATIVE_INFINITY);
        Arrays.fill(bandLow[row], Double.POSITIVE_INFINITY);
        Arrays.fill(bandHigh[row], Double.NEGATIVE_INFINITY);
    }

    private void band(long day, long now) {
        int row = row(day);
        for (int slot = 0; slot < SLOTS; slot++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int near = slot - AROUND; near <= slot + AROUND; near++) {
                long of = day + Math.floorDiv(near, SLOTS);
                if (of >= firstDay && of > now - KEPT && of < now) {
                    least = Math.min(least, low[row(of)][Math.floorMod(near, SLOTS)]);
                    most = Math.max(most, high[row(of)][Math.floorMod(near, SLOTS)]);
                }
            }
            bandLow[row][slot] = least;
            bandHigh[row][slot] = most;
        }
    }

    private static int row(long day) {
        return Math.floorMod(day, KEPT);
    }
}
