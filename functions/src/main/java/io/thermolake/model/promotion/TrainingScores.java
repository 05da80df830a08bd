package io.thermolake.model.promotion;

import io.thermolake.detect.Contexts;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.Rows;

/** What a model says of the readings that it learned from: what later ones are compared with. */
public final class TrainingScores {
    private TrainingScores() {}

    /**
     * The verdicts' scores of the training's last readings, those that the forest learned from.
     *
     * @param model with its forest's limit
     * @param forestScores of these readings, in their order
     */
    public static double[] of(Rows training, RoomModel model, double[] forestScores) {
        Contexts contexts = new Contexts(model);
        int cold = training.size() - forestScores.length;
        Double allowed = model.forestAllowed();
        double[] scores = new double[forestScores.length];
        for (int i = 0; i < training.size(); i++) {
            var context = contexts.next(training.second(i), training.value(i));
            if (i >= cold) {
                scores[i - cold] = (allowed == null
                                ? context.verdict()
                                : context.verdict(forestScores[i - cold], allowed))
                        .score();
            }
        }
        return scores;
    }
}
