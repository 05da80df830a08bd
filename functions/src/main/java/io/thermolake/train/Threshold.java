package io.thermolake.train;

/**
 * The score above which a reading is an anomaly. It is learned once, from the new forest's scores of the rows that it was
 * trained on, and kept with the model: a threshold made from the readings being judged would move with them, and a room
 * that is broken all day would look ordinary.
 *
 * @param value a score ≥ 0; greater is an anomaly
 * @param method how it was made, in words
 */
public record Threshold(double value, String method) {
    public Threshold {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("threshold must be >= 0 but is " + value);
        }
    }

    /** Mean plus so many standard deviations: the rule of SageMaker's own Random Cut Forest example, which takes 3. */
    public static Threshold of(ScoreStatistics scores, double deviations) {
        return new Threshold(
                scores.mean() + deviations * scores.stddev(),
                "mean + %s standard deviations of the training scores".formatted(plain(deviations)));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
