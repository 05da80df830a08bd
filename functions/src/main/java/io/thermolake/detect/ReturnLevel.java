package io.thermolake.detect;

import java.util.Arrays;

/**
 * The level that the greatest value of a block is above once in so many blocks: a Gumbel distribution fitted to blocks' maxima
 * by L-moments (Hosking, "L-moments", 1990), and never less than the greatest that was seen.
 */
final class ReturnLevel {
    private static final double EULER = 0.5772156649015329;

    private ReturnLevel() {}

    /**
     * @param maxima of blocks of equal length, at least one
     * @param blocks > 1
     */
    static double of(double[] maxima, double blocks) {
        double[] sorted = maxima.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double mean = 0;
        double weighted = 0;
        for (int i = 0; i < n; i++) {
            mean += sorted[i] / n;
            weighted += n > 1 ? i * sorted[i] / ((double) n * (n - 1)) : 0;
        }
        double scale = n > 1 ? (2 * weighted - mean) / StrictMath.log(2) : 0;
        double location = mean - EULER * scale;
        return Math.max(sorted[n - 1], location + scale * StrictMath.log(blocks));
    }
}
