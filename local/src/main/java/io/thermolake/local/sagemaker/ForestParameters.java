package io.thermolake.local.sagemaker;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The algorithm's hyperparameters within the limits of "RCF hyperparameters" in SageMaker's developer guide.
 *
 * @param featureDim numbers in a row, 1 to 10000
 * @param numTrees trees in the forest, 50 to 1000
 * @param numSamplesPerTree rows a tree is built from, 1 to 2048
 */
record ForestParameters(int featureDim, int numTrees, int numSamplesPerTree) {
    private static final Set<String> KNOWN =
            Set.of("feature_dim", "num_trees", "num_samples_per_tree", "eval_metrics", "force_dense", "_num_gpus");

    /** @throws ClientError naming the hyperparameter, its value and what is allowed */
    static ForestParameters of(Map<String, String> hyperparameters) {
        Set<String> unknown = new TreeSet<>(hyperparameters.keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw invalid(
                    "Additional hyperparameters are not allowed (" + String.join(", ", unknown) + " was unexpected)");
        }
        if (!hyperparameters.containsKey("feature_dim")) {
            throw invalid("'feature_dim' is a required hyperparameter");
        }
        return new ForestParameters(
                number(hyperparameters, "feature_dim", 0, 1, 10_000),
                number(hyperparameters, "num_trees", 100, 50, 1000),
                number(hyperparameters, "num_samples_per_tree", 256, 1, 2048));
    }

    private static int number(Map<String, String> all, String name, int usual, int least, int most) {
        String text = all.getOrDefault(name, Integer.toString(usual));
        int value;
        try {
            value = Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw invalid("'%s' is not valid for %s: an integer is expected".formatted(text, name));
        }
        if (value < least) {
            throw invalid("%s for %s is less than the minimum of %d".formatted(text, name, least));
        }
        if (value > most) {
            throw invalid("%s for %s is greater than the maximum of %d".formatted(text, name, most));
        }
        return value;
    }

    private static ClientError invalid(String why) {
        return new ClientError("Failed to validate hyperparameters: " + why);
    }
}
