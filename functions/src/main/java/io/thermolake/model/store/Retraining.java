package io.thermolake.model.store;

import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.Recipe;
import io.thermolake.model.Trainer;
import io.thermolake.model.promotion.Drift;
import io.thermolake.model.training.TrainingNeed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a room needs another model, by all that is stored of it: one answer for who plans and for who trains. */
public final class Retraining {
    private final Models models;
    private final ScoredDays days;

    public Retraining(LakeStore store) {
        this.models = new Models(store);
        this.days = new ScoredDays(store);
    }

    /** Before anybody has looked whether there is enough to learn from. */
    public TrainingNeed need(String room, Instant now, Duration maxAge, Trainer trainer, boolean forced) {
        CurrentModel current = models.current(room).orElse(null);
        Recipe recipe = Optional.ofNullable(current)
                .flatMap(c -> models.card(room, c.version()))
                .map(card -> card.recipe())
                .orElse(null);
        TrainingNeed need = TrainingNeed.byAge(
                recipe, current == null ? null : current.byHandSince(), now, maxAge, trainer, forced);
        if (!need.needed() && recipe != null) {
            need = need.orBy(
                    Drift.of(days.after(room, recipe.version(), recipe.learned().lastDay())));
        }
        return need.needed() ? need.unlessRejected(models.lastRejection(room).orElse(null), now, forced) : need;
    }
}
