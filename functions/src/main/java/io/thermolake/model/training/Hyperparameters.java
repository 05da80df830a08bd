package io.thermolake.model.training;

import io.thermolake.Settings;
import java.util.Map;

/**
 * The hyperparameters of SageMaker's Random Cut Forest within its limits ("RCF hyperparameters" of its developer guide),
 * checked before anybody pays for a training job that must fail.
 *
 * @param featureDim numbers in a row, 1 to 10000
 * @param numTrees trees in the forest, 50 to 1000
 * @param numSamplesPerTree rows a tree learns from, 1 to 2048; about 1/n should be the share of anomalies
 */
public record Hyperparameters(int featureDim, int numTrees, int numSamplesPerTree) {
    public Hyperparameters {
        within("feature_dim", featureDim, 1, 10_000);
        within("num_trees", numTrees, 50, 1000);
        within("num_samples_per_tree", numSamplesPerTree, 1, 2048);
    }

    /** Those of the stack, for rows of so many numbers. */
    public static Hyperparameters of(Settings settings, int featureDim) {
        return new Hyperparameters(
                featureDim, settings.forest().numTrees(), settings.forest().numSamplesPerTree());
    }

    /** As CreateTrainingJob takes them. */
    public Map<String, String> toMap() {
        return Map.of(
                "feature_dim", Integer.toString(featureDim),
                "num_trees", Integer.toString(numTrees),
                "num_samples_per_tree", Integer.toString(numSamplesPerTree));
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be from %d to %d but is %d".formatted(name, least, most, value));
        }
    }
}
