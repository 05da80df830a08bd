package io.thermolake.detect;

/**
 * How rare a value is among those before it, as −log10 of the share that is as great. Beyond the greatest tenth an exponential
 * tail goes on where counting ends ("peaks over threshold", with the shape 0: the shape's estimate from so few peaks does
 * more harm than good). Keeps the last {@value #KEPT} values.
 */
final class Tail {
    private static final int KEPT = 8192;
    private static final int LEAST = 30;
    private static final double SHARE = 0.1;
    private static final int LEAST_PEAKS = 4;
    private static final double GREATEST = 8;
    private static final double GREATEST_VALUE = 1e38;

    private final float[] sorted = new float[KEPT];
    private final float[] order = new float[KEPT];
    private int size;
    private int next;

    /** @return 0 to 8; 0 while there are fewer than 30 values to compare with, or when the value is none */
    double next(double value) {
        if (Double.isNaN(value)) {
            return 0;
        }
        // An infinite float would make all later differences none.
        float mine = (float) Math.min(value, GREATEST_VALUE);
        int below = lowest(mine);
        double rare = size < LEAST ? 0 : -StrictMath.log10(share(mine, below));
        add(mine, below);
        return Math.min(GREATEST, rare);
    }

    private double share(float value, int below) {
        double counted = (size - below + 0.5) / (size + 1);
        int peaks = Math.max((int) (SHARE * size), LEAST_PEAKS);
        float from = sorted[size - peaks];
        if (value <= from) {
            return counted;
        }
        double excess = 0;
        for (int i = size - peaks; i < size; i++) {
            excess += sorted[i] - from;
        }
        excess /= peaks;
        return excess > 0
                ? Math.min(counted, (double) peaks / size * StrictMath.exp(-(value - from) / excess))
                : Math.min(counted, 0.5 / (size + 1));
    }

    private void add(float value, int below) {
        int at = below;
        if (size == KEPT) {
            int old = lowest(order[next]);
            System.arraycopy(sorted, old + 1, sorted, old, size - old - 1);
            size--;
            at = old < below ? below - 1 : below;
        }
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = value;
        size++;
        order[next] = value;
        next = (next + 1) % KEPT;
    }

    /** The place of the first value that is not less. */
    private int lowest(float value) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
