package io.thermolake.detect;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much neighbouring values jump about: the root mean square of second differences, over an hour and at least eight of
 * them. A slope and a slow curve have none; a loose contact has. Nothing is compared over a gap.
 */
final class Roughness {
    private static final long SECONDS = 3600;
    private static final int LEAST = 8;

    /** @param sum of the squares from this one on, up to the newest of its stack */
    private record Square(long second, double value, double sum) {}

    /** The older squares, each with the sum of those after it: what leaves is never subtracted, which would lose digits. */
    private final Deque<Square> older = new ArrayDeque<>();

    private final Deque<Square> newer = new ArrayDeque<>();
    private double sumOfNewer;
    private double before = Double.NaN;
    private double last = Double.NaN;

    /** @param afterGap whether values are missing between the last one and this */
    double next(long second, double value, boolean afterGap) {
        if (afterGap) {
            before = Double.NaN;
            last = Double.NaN;
        }
        double bend = value - 2 * last + before;
        before = last;
        last = value;
        if (!Double.isNaN(bend)) {
            newer.addLast(new Square(second, bend * bend, 0));
            sumOfNewer += bend * bend;
        }
        while (size() > LEAST && oldest().second <= second - SECONDS) {
            older.removeFirst();
        }
        return size() == 0 ? 0 : Math.sqrt(((older.isEmpty() ? 0 : older.getFirst().sum) + sumOfNewer) / size());
    }

    private int size() {
        return older.size() + newer.size();
    }

    private Square oldest() {
        if (older.isEmpty()) {
            double sum = 0;
            while (!newer.isEmpty()) {
                Square newest = newer.removeLast();
                sum += newest.value;
                older.addFirst(new Square(newest.second, newest.value, sum));
            }
            sumOfNewer = 0;
        }
        return older.getFirst();
    }
}
