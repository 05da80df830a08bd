package io.thermolake.model;

import io.thermolake.Settings;
import io.thermolake.detect.Feature;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.SensorRules;
import io.thermolake.lake.RoomReading;
import io.thermolake.model.promotion.ConfirmedFaults;
import io.thermolake.model.training.LearningDays;
import io.thermolake.model.training.Lesson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recipes and cards with boring defaults. */
public final class Recipes {
    /** A reading every ten minutes; silent after half an hour, stuck after one; a jump of two degrees is allowed. */
    public static final RoomModel LIMITS = new RoomModel(new SensorRules(600, 600, 600), Map.of(Feature.CHANGE, 2.0));

    private Recipes() {}

    public static Recipe recipe(String version, Instant trainedAt) {
        return recipe("lab", version, trainedAt, Trainer.SAGEMAKER, null);
    }

    public static Recipe recipe(
            String room, String version, Instant trainedAt, Trainer trainer, @Nullable String fallback) {
        return new Recipe(
                room,
                version,
                trainedAt,
                new Recipe.Learned("2026-02-22", "2026-03-23", 1, 4320, 3024),
                new Recipe.ForestRecipe(
                        trainer,
                        fallback,
                        Map.of("num_trees", "100", "num_samples_per_tree", "256", "feature_dim", "1"),
                        trainer == Trainer.EMBEDDED ? 7L : null,
                        List.of("change")),
                new Recipe.Rules(0.7, null, LIMITS, null, ConfirmedFaults.none(), ""));
    }

    public static ModelCard card(Recipe recipe) {
        return new ModelCard(
                recipe,
                "models/%s/%s/tl-1/output/model.tar.gz".formatted(recipe.room(), recipe.version()),
                recipe.rules().limits().withForest(2),
                "0.7 false alarms a sensor-month",
                ScoreStatistics.of(new double[] {0.8, 1, 1.2}));
    }

    /** The recipe of readings, as a training makes it. */
    static Recipe of(List<RoomReading> readings, Settings settings, Trainer trainer) {
        Lesson lesson = Lesson.of(readings, settings.detection().alarmBudget());
        return Recipe.of(
                "lab",
                Instant.parse("2026-03-31T00:00:00Z"),
                Recipe.Learned.of(
                        LearningDays.before(Instant.parse("2026-03-31T00:00:00Z"), settings),
                        1,
                        readings.size(),
                        lesson),
                lesson,
                settings,
                trainer,
                null,
                null,
                ConfirmedFaults.none());
    }
}
