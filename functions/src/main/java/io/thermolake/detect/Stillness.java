package io.thermolake.detect;

/**
 * How much a series moved on the stillest of its last {@value #DAYS} days over the hours for which it now repeats one value.
 * An hour early or late is allowed. So a room that keeps one value all weekend may do it again, and one whose mornings are
 * never without a move may not.
 */
final class Stillness {
    private static final int DAYS = 28;
    /** With fewer to compare with, nothing is said. */
    private static final int LEAST_DAYS = 7;

    private static final int SLOTS = 48;
    private static final long SLOT_SECONDS = 86_400 / SLOTS;
    /** Slots on either side: an hour. */
    private static final int AROUND = 2;

    private static final int KEPT = (DAYS + 2) * SLOTS;

    private final double[] low = new double[KEPT];
    private final double[] high = new double[KEPT];
    private long first = Long.MIN_VALUE;
    private long latest;
    private double value = Double.NaN;
    private long since;
    private double moved;

    /**
     * @param second since 1970, not before the last one
     * @param afterGap whether values are missing between the last one and this: nobody knows what was there
     * @return in the value's unit, ≥ 0; 0 while the run is too short to fill half an hour of the clock; not a number while there
     *     are too few days to compare with
     */
    double next(long second, double given, boolean afterGap) {
        long slot = Math.floorDiv(second, SLOT_SECONDS);
        boolean turned = slot != latest;
        turn(slot);
        if (given != value || afterGap) {
            value = given;
            since = second;
            moved = 0;
        } else if (turned) {
            moved = least(Math.floorDiv(since + SLOT_SECONDS - 1, SLOT_SECONDS), slot - 1);
        }
        int at = at(slot);
        low[at] = Math.min(low[at], given);
        high[at] = Math.max(high[at], given);
        return moved;
    }

    /** How far from zero the greatest of the values of some four weeks is; 0 where there are none. */
    double magnitude() {
        double magnitude = 0;
        for (int i = 0; first != Long.MIN_VALUE && i < KEPT; i++) {
            if (low[i] <= high[i]) {
                magnitude = Math.max(magnitude, Math.max(Math.abs(low[i]), Math.abs(high[i])));
            }
        }
        return magnitude;
    }

    private void turn(long slot) {
        if (first == Long.MIN_VALUE) {
            first = slot;
            latest = slot - 1;
        }
        for (long s = Math.max(latest + 1, slot - KEPT + 1); s <= slot; s++) {
            low[at(s)] = Double.POSITIVE_INFINITY;
            high[at(s)] = Double.NEGATIVE_INFINITY;
        }
        latest = slot;
    }

    /** @return the least range of all windows like this one, whole days earlier and before it began */
    private double least(long from, long to) {
        if (to < from) {
            return 0;
        }
        double least = Double.NaN;
        int days = 0;
        for (int day = 1; day <= DAYS; day++) {
            double mine = Double.NaN;
            for (long shift = -AROUND - (long) day * SLOTS; shift <= AROUND - (long) day * SLOTS; shift++) {
                if (to + shift < from && from + shift >= Math.max(first, latest - KEPT + 1)) {
                    double range = range(from + shift, to + shift);
                    mine = range >= mine ? mine : range;
                }
            }
            if (!Double.isNaN(mine)) {
                days++;
                least = mine >= least ? least : mine;
            }
        }
        return days < LEAST_DAYS ? Double.NaN : least;
    }

    private double range(long from, long to) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (long slot = from; slot <= to; slot++) {
            least = Math.min(least, low[at(slot)]);
            most = Math.max(most, high[at(slot)]);
        }
        return least <= most ? most - least : Double.NaN;
    }

    private static int at(long slot) {
        return Math.floorMod(slot, KEPT);
    }
}
