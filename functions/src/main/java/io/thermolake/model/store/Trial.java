package io.thermolake.model.store;

import io.thermolake.detect.Contexts;
import io.thermolake.detect.Rows;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.Sha256;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.ModelCard;
import io.thermolake.model.Recipe;
import io.thermolake.model.promotion.HeldBack;
import io.thermolake.model.promotion.HeldBackJudge;
import io.thermolake.model.promotion.HeldBackMetrics;
import io.thermolake.model.promotion.WarmJudge;
import io.thermolake.model.training.LearningDays;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The days that a version's recipe held back, as the manifest has them that it was trained on, to try models on. */
public final class Trial {
    /** With those that were learned: in fewer days a room has not shown what is usual. */
    static final int LEAST_DAYS = 28;

    private static final int LEAST_HELD_BACK = 3;

    private final Forests forests;
    private final Rows before;
    private final @Nullable HeldBack days;

    /** @param coolDown alarms closer to one another are one */
    public Trial(LakeStore store, Forests forests, Manifest manifest, Recipe recipe, Duration coolDown) {
        this.forests = forests;
        LearningDays learning = recipe.learned().days();
        LocalDate first = learning.last().plusDays(1);
        LocalDate end = recipe.trainedAt().atZone(ZoneOffset.UTC).toLocalDate();
        long learned = manifest.of(recipe.room()).stream()
                .filter(p -> learning.hold(p.day()))
                .count();
        long held = Math.max(0, ChronoUnit.DAYS.between(first, end));
        RoomFiles files = new RoomFiles(store, manifest, recipe.room());
        if (held < LEAST_HELD_BACK || learned + held < LEAST_DAYS) {
            this.before = new Rows(new long[0], new double[0]);
            this.days = null;
            return;
        }
        this.before = rows(files, first.minusDays(Contexts.WARM_UP_DAYS), first.minusDays(1));
        Rows rows = rows(files, first, end.minusDays(1));
        // The faults are the same for each version of the room on the same days.
        long seed = Long.parseUnsignedLong(Sha256.of(recipe.room()).substring(0, 15), 16);
        this.days = rows.size() == 0 ? null : new HeldBack(before, rows, seed, coolDown);
    }

    private static Rows rows(RoomFiles files, LocalDate first, LocalDate last) {
        return Rows.of(files.of(new LearningDays(first, last)));
    }

    /**
     * What a version does on them.
     *
     * @param card with all its limits
     * @param endpoint of the run, or null
     * @return nothing where there are too few days
     */
    public Optional<HeldBackMetrics> of(ModelCard card, @Nullable String endpoint) {
        if (days == null) {
            return Optional.empty();
        }
        HeldBackJudge judge = new WarmJudge(card.model(), forests.of(card.recipe(), card.artifact(), endpoint), before);
        return Optional.of(days.judged(judge));
    }
}
