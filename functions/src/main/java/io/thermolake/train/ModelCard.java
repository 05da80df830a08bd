package io.thermolake.train;

import static java.util.Objects.requireNonNull;

import io.thermolake.detect.RoomModel;

/**
 * What is known of one version of a room's model: {@code models/<room>/<version>/model.json}. It is written once.
 *
 * @param recipe how it was made
 * @param artifact the key of its forest
 * @param model all its limits, its forest's too: what a reading is judged by
 * @param thresholdMethod how the forest's limit was made, in words
 * @param scores of the forest, of all its training rows
 */
public record ModelCard(
        Recipe recipe, String artifact, RoomModel model, String thresholdMethod, ScoreStatistics scores) {
    public ModelCard {
        requireNonNull(recipe, "model.recipe is null");
        requireNonNull(artifact, "model.artifact is null");
        requireNonNull(model, "model.model is null");
        requireNonNull(model.forestAllowed(), "model.model.forestAllowed is null");
    }

    public String version() {
        return recipe.version();
    }
}
