package io.thermolake.model;

import java.util.Arrays;

/**
 * How a new forest scored its own training rows.
 *
 * @param mean ≥ 0
 * @param stddev of the whole population, ≥ 0
 * @param count scores it is made from, ≥ 1
 * @param p50 half of the scores are not greater; p90, p99 and p999 alike
 * @param max the greatest score
 */
public record ScoreStatistics(
        double mean, double stddev, int count, double p50, double p90, double p99, double p999, double max) {
    public ScoreStatistics {
        // Written so that NaN is refused too.
        if (!(mean >= 0 && stddev >= 0 && max >= 0 && count >= 1)) {
            throw new IllegalArgumentException(
                    "scores must be numbers >= 0, at least one: mean %s, stddev %s, count %d, max %s"
                            .formatted(mean, stddev, count, max));
        }
    }

    /** @throws IllegalArgumentException if there is no score, or one is negative or not a number */
    public static ScoreStatistics of(double[] scores) {
        double sum = 0;
        double max = 0;
        for (double score : scores) {
            sum += score;
            max = Math.max(max, score);
        }
        double mean = sum / scores.length;
        double squares = 0;
        for (double score : scores) {
            squares += (score - mean) * (score - mean);
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return new ScoreStatistics(
                mean,
                Math.sqrt(squares / scores.length),
                scores.length,
                quantile(sorted, 0.5),
                quantile(sorted, 0.9),
                quantile(sorted, 0.99),
                quantile(sorted, 0.999),
                max);
    }

    /** The least score that this share of all does not exceed. */
    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
