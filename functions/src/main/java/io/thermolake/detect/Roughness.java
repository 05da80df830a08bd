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

    private record Square(long second, double value) {}

    private final Deque<Square> window = new ArrayDeque<>();
    private double before = Double.NaN;
    private double last = Double.NaN;
    private double sum;

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
            window.addLast(new Square(second, bend * bend));
            sum += bend * bend;
        }
        while (window.size() > LEAST && window.getFirst().second <= second - SECONDS) {
            sum -= window.removeFirst().value;
        }
        return window.isEmpty() ? 0 : Math.sqrt(Math.max(0, sum) / window.size());
    }
}
