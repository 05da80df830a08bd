package io.thermolake.plan;

import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.ModelCard;
import io.thermolake.model.Recipe;
import io.thermolake.model.Trainer;
import io.thermolake.model.store.Models;
import io.thermolake.model.store.Retraining;
import io.thermolake.model.training.LearningDays;
import io.thermolake.model.training.TrainingNeed;
import io.thermolake.run.Run;
import io.thermolake.score.ScoreIndex;
import io.thermolake.score.SensorOnly;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks at the models and scores of the lake's rooms, whether a room's detection is due. */
final class RoomSurveyor {
    private final LakeStore store;
    private final Settings settings;
    private final Models models;
    private final Map<String, String> due = new TreeMap<>();
    private final Map<String, String> silent = new TreeMap<>();
    private final Map<String, String> hosted = new TreeMap<>();

    private RoomSurveyor(LakeStore store, Settings settings) {
        this.store = store;
        this.settings = settings;
        this.models = new Models(store);
    }

    static RoomsDue look(LakeStore store, Settings settings, Run run, Manifest newest, Set<String> rooms) {
        RoomSurveyor surveyor = new RoomSurveyor(store, settings);
        rooms.forEach(room -> surveyor.look(room, run, newest.of(room)));
        return new RoomsDue(settings.forest().embedded(), surveyor.due, surveyor.silent, surveyor.hosted);
    }

    private void look(String room, Run run, List<Manifest.Partition> dates) {
        Recipe recipe = models.currentCard(room).map(ModelCard::recipe).orElse(null);
        Trainer trainer = settings.forest().embedded() ? Trainer.EMBEDDED : Trainer.SAGEMAKER;
        LearningDays learning = LearningDays.before(run.now(), settings);
        TrainingNeed need =
                new Retraining(store).need(room, run.now(), settings.detection().modelMaxAge(), trainer, false);
        if (recipe != null && recipe.forest().trainer() == Trainer.SAGEMAKER) {
            hosted.put(room, "its model is SageMaker's");
        } else if (need.needed() && trainer == Trainer.SAGEMAKER) {
            hosted.put(room, "SageMaker may train it");
        }
        ScoreIndex index =
                store.find(LakeLayout.scoreIndex(room), ScoreIndex.class).orElse(null);
        // As training does: a room with old readings only has nothing to learn from.
        int days = (int) dates.stream().filter(p -> learning.hold(p.day())).count();
        if (need.given(days, settings.detection().minTrainingDays()).needed()) {
            due.put(room, recipe == null ? "it has no model" : need.reason());
        } else if (!scored(index, recipe, dates)) {
            due.put(room, "not every reading is scored" + (recipe == null ? "" : " by its model"));
        } else if (index != null && index.isSilent(run.now())) {
            silent.put(room, "its sensor is silent");
        }
    }

    /** Not published: a run was cut off between its commit and the alarms and catalog that follow it. */
    private boolean scored(@Nullable ScoreIndex index, @Nullable Recipe recipe, List<Manifest.Partition> dates) {
        return index != null
                && index.published()
                && (recipe == null
                        ? SensorOnly.is(index.model())
                        : recipe.version().equals(index.model()))
                && index.isOf(index.model(), settings.detection().coolDown())
                && index.due(dates).isEmpty();
    }
}
