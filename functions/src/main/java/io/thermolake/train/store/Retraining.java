package io.thermolake.train.store;

import io.thermolake.lake.store.LakeStore;
import io.thermolake.promote.Drift;
import io.thermolake.train.CurrentModel;
import io.thermolake.train.Recipe;
import io.thermolake.train.Trainer;
import io.thermolake.train.TrainingNeed;
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
            need = need.orBy(Drift.of(days.after(room, recipe.version(), recipe.lastDay())));
        }
        return need.needed() ? need.unlessRejected(models.lastRejection(room).orElse(null), now, forced) : need;
    }
}
