package io.thermolake.model;

import static java.util.Objects.requireNonNull;

import io.thermolake.detect.RoomModel;
import io.thermolake.model.promotion.HeldBackMetrics;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one version of a room's model: {@code models/<room>/<version>/model.json}. It is written once.
 *
 * @param recipe how it was made
 * @param artifact the key of its forest
 * @param model all its limits, its forest's too: what a reading is judged by
 * @param thresholdMethod how the forest's limit was made, in words
 * @param scores of the forest, of all its training rows
 * @param usual nine in ten of its verdicts on its training's readings have a lower score; null in a card of an older release
 * @param heldBack what it does on the days that are held back; null where there are too few
 */
public record ModelCard(
        Recipe recipe,
        String artifact,
        RoomModel model,
        String thresholdMethod,
        ScoreStatistics scores,
        @Nullable Double usual,
        @Nullable HeldBackMetrics heldBack) {
    public ModelCard {
        requireNonNull(recipe, "model.recipe is null");
        requireNonNull(artifact, "model.artifact is null");
        requireNonNull(model, "model.model is null");
        requireNonNull(model.forestAllowed(), "model.model.forestAllowed is null");
    }

    /** The card of a model that was not tried. */
    public ModelCard(Recipe recipe, String artifact, RoomModel model, String thresholdMethod, ScoreStatistics scores) {
        this(recipe, artifact, model, thresholdMethod, scores, null, null);
    }

    /** Tried on days that are held back. */
    public ModelCard with(HeldBackMetrics tried) {
        return new ModelCard(recipe, artifact, model, thresholdMethod, scores, usual, tried);
    }

    public String version() {
        return recipe.version();
    }

    /** This version as the one in use. @param before what was in use until then, or null */
    public CurrentModel inUse(String by, Instant at, String reason, @Nullable CurrentModel before) {
        return CurrentModel.of(this, by, at, reason, before);
    }
}
