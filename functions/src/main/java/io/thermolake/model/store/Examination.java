package io.thermolake.model.store;

import io.thermolake.PipelineException;
import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.RoomModel;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.ModelCard;
import io.thermolake.model.Recipe;
import io.thermolake.model.ScoreStatistics;
import io.thermolake.model.Threshold;
import io.thermolake.model.promotion.Drift;
import io.thermolake.model.promotion.HeldBackMetrics;
import io.thermolake.model.promotion.LimitCut;
import io.thermolake.model.promotion.TrainingScores;
import io.thermolake.model.promotion.Tried;
import io.thermolake.model.training.Lesson;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a version that has its forest is worth: its limits from its training, and what it does on the days that were held back,
 * beside the model in use.
 */
public final class Examination {
    private final LakeStore store;
    private final Forests forests;
    private final Models models;
    private final Recipe recipe;
    private final @Nullable String endpoint;
    private final Duration coolDown;
    private @Nullable Trial trial;

    /** @throws PipelineException when the room has no such version */
    public Examination(
            LakeStore store,
            Forests forests,
            String room,
            String version,
            @Nullable String endpoint,
            Duration coolDown) {
        this.store = store;
        this.forests = forests;
        this.models = new Models(store);
        this.endpoint = endpoint;
        this.coolDown = coolDown;
        this.recipe = models.recipe(room, version).orElseThrow(() -> missing(LakeLayout.modelRecipe(room, version)));
    }

    /** The version's card, from its scores of all rows that it was trained on, if it has none yet. */
    public ModelCard card() {
        return models.card(recipe.room(), recipe.version()).orElseGet(() -> models.keep(learned()));
    }

    /** False alarms a sensor and month that the version was trained for. */
    public AlarmBudget budget() {
        return new AlarmBudget(recipe.rules().alarmBudget());
    }

    /** What it does on the days that were held back, beside the model in use. @param current or null */
    public Tried against(@Nullable CurrentModel current) {
        HeldBackMetrics mine = card().heldBack();
        HeldBackMetrics inUse = current == null || mine == null
                ? null
                : models.card(recipe.room(), current.version())
                        .filter(card -> forests.canBeAsked(card.recipe(), endpoint))
                        .flatMap(card -> trial().of(card, endpoint))
                        .orElse(null);
        return new Tried(mine, inUse);
    }

    private ModelCard learned() {
        RoomModel before = Optional.ofNullable(recipe.rules().before())
                .flatMap(version -> models.card(recipe.room(), version))
                .map(ModelCard::model)
                .orElse(null);
        Lesson lesson = lesson(before);
        String artifact = models.artifact(recipe.room(), recipe.version())
                .orElseThrow(() -> new PipelineException("No training left a forest under %s; train it again"
                        .formatted(store.uri(LakeLayout.model(recipe.room(), recipe.version())))));
        double[] scores = forests.of(recipe, artifact, endpoint).of(lesson.rows());
        Threshold threshold = Threshold.of(recipe, lesson.training(), scores);
        RoomModel model = LimitCut.forest(threshold.model(), before);
        double usual = Drift.usual(TrainingScores.of(lesson.kept(), model, scores));
        ModelCard card =
                new ModelCard(recipe, artifact, model, threshold.method(), ScoreStatistics.of(scores), usual, null);
        return trial().of(card, endpoint).map(card::with).orElse(card);
    }

    /** What the version was trained on, from the manifest that it was trained on. */
    private Lesson lesson(@Nullable RoomModel before) {
        Lesson lesson = Lesson.of(
                new RoomFiles(store, manifest(), recipe.room())
                        .of(recipe.learned().days()),
                recipe.rules().alarmBudget(),
                recipe.rules().faults(),
                before);
        if (!lesson.limits().equals(recipe.rules().limits())) {
            throw new PipelineException(
                    "The readings of room %s from %s to %s in manifest %d are not those that version %s was trained on; force a new training"
                            .formatted(
                                    recipe.room(),
                                    recipe.learned().firstDay(),
                                    recipe.learned().lastDay(),
                                    recipe.learned().manifest(),
                                    recipe.version()));
        }
        return lesson;
    }

    private Manifest manifest() {
        return new Manifests(store)
                .numbered(recipe.learned().manifest())
                .orElseThrow(() -> missing(LakeLayout.manifest(recipe.learned().manifest())));
    }

    private Trial trial() {
        if (trial == null) {
            trial = new Trial(store, forests, manifest(), recipe, coolDown);
        }
        return trial;
    }

    private PipelineException missing(String key) {
        return new PipelineException(store.uri(key) + " is missing; force a new training");
    }
}
