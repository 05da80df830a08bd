package io.thermolake.model;

import io.thermolake.detect.RoomModel;
import io.thermolake.detect.Training;

/**
 * How great a forest's score may be. It is learned once, from the new forest's scores of all rows that it was trained on,
 * and kept with the model: a limit made from the readings being judged would move with them, and a room that is broken
 * all day would look ordinary.
 *
 * @param model with its forest's limit
 * @param method how that was made, in words
 */
public record Threshold(RoomModel model, String method) {

    /** @param scores of all rows that the training gives, in their order */
    public static Threshold of(Recipe recipe, Training training, double[] scores) {
        Double deviations = recipe.rules().thresholdDeviations();
        return deviations == null
                ? new Threshold(
                        training.withForest(recipe.rules().limits(), scores),
                        "%s false alarms a sensor-month"
                                .formatted(plain(recipe.rules().alarmBudget())))
                : deviations(recipe.rules().limits(), ScoreStatistics.of(scores), deviations);
    }

    /** Mean plus so many standard deviations: the rule of SageMaker's own Random Cut Forest example, which takes 3. */
    private static Threshold deviations(RoomModel limits, ScoreStatistics scores, double deviations) {
        double limit = scores.mean() + deviations * scores.stddev();
        return new Threshold(
                // A forest that scores all rows 0 knows nothing; a limit of 0 would make the quotient no number.
                limits.withForest(Math.max(limit, Double.MIN_NORMAL)),
                "mean + %s standard deviations of the training scores".formatted(plain(deviations)));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
