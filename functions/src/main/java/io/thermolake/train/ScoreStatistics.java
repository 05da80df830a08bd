package io.thermolake.train;

/**
 * How a new forest scored its own training rows.
 *
 * @param mean ≥ 0
 * @param stddev of the whole population, ≥ 0
 * @param count scores it is made from, ≥ 1
 * @param max the greatest score
 */
public record ScoreStatistics(double mean, double stddev, int count, double max) {
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
        return new ScoreStatistics(mean, Math.sqrt(squares / scores.length), scores.length, max);
    }
}
