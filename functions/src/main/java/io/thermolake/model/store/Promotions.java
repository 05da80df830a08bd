package io.thermolake.model.store;

import io.thermolake.PipelineException;
import io.thermolake.detect.AlarmBudget;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.LakeStore.Stored;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.ModelCard;
import io.thermolake.model.promotion.Promotion;
import io.thermolake.model.promotion.PromotionRule;
import io.thermolake.model.promotion.PutInUse;
import io.thermolake.model.promotion.Rejection;
import io.thermolake.model.promotion.Tried;
import io.thermolake.run.Run;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts a version in use if {@link PromotionRule} says so, for the function and for the command line alike. One conditional write of
 * {@code current.json} is all that it does: whoever is killed before it leaves the old model in use, and whoever is killed after it
 * the new one.
 */
public final class Promotions {
    /** Instead of a version: the one that was in use before. */
    public static final String PREVIOUS = "previous";

    private static final int TRIES = 3;

    private record Wish(ModelCard card, String by, Instant at, Promotion promotion) {
        CurrentModel after(@Nullable CurrentModel current) {
            return card.inUse(by, at, promotion.reason(), current);
        }

        PutInUse done(boolean promoted) {
            return new PutInUse(card.version(), promoted, promotion.reason());
        }
    }

    private final Models models;

    public Promotions(LakeStore store) {
        this.models = new Models(store);
    }

    /**
     * By a run, which tells of a version that it rejects.
     *
     * @param budget false alarms that the version was trained for
     * @param against what the version does on days that were held back, beside the model in use, which may be null
     */
    public PutInUse byRun(
            Run run, ModelCard card, AlarmBudget budget, Function<@Nullable CurrentModel, Tried> against) {
        PromotionRule rule = new PromotionRule(budget);
        return put(
                card.recipe().room(),
                current -> new Wish(
                        card,
                        run.id(),
                        run.now(),
                        rule.byRun(current, card.version(), run.id(), () -> against.apply(current))));
    }

    /**
     * Whatever a rule said of it.
     *
     * @param version or {@value #PREVIOUS}
     * @throws PipelineException when the room has no such version
     */
    public PutInUse byHand(String room, String version, Instant at) {
        return put(room, current -> {
            boolean back = version.equals(PREVIOUS);
            ModelCard card = card(room, back ? previous(room, current) : version);
            Promotion promotion = PromotionRule.byHand(current, card.version());
            return new Wish(
                    card,
                    CurrentModel.HAND,
                    at,
                    back && current != null && promotion instanceof Promotion.Put
                            ? new Promotion.Put("rolled back from " + current.version())
                            : promotion);
        });
    }

    private PutInUse put(String room, Function<@Nullable CurrentModel, Wish> choice) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Stored<CurrentModel>> before = models.storedCurrent(room);
            CurrentModel current = before.map(Stored::value).orElse(null);
            Wish wish = choice.apply(current);
            if (wish.promotion() instanceof Promotion.Stays stays) {
                return wish.done(stays.promoted());
            }
            if (wish.promotion() instanceof Promotion.Rejected rejected) {
                models.reject(room, new Rejection(wish.card().version(), wish.at(), wish.by(), rejected.reason()));
                return wish.done(false);
            }
            if (models.promote(room, wish.after(current), before)) {
                return wish.done(true);
            }
        }
        throw new PipelineException(
                "The model in use of room %s changed %d times while another one was being put in its place; try again"
                        .formatted(room, TRIES));
    }

    private static String previous(String room, @Nullable CurrentModel current) {
        return Optional.ofNullable(current)
                .flatMap(CurrentModel::previous)
                .orElseThrow(() -> new PipelineException(
                        "Room %s has had no other model in use; put a version in use by its name".formatted(room)));
    }

    private ModelCard card(String room, String version) {
        return models.card(room, version)
                .orElseThrow(() ->
                        new PipelineException("Room %s has no version %s that was trained to its end; it has %s"
                                .formatted(
                                        room,
                                        version,
                                        models.versions(room).isEmpty()
                                                ? "none"
                                                : String.join(
                                                        ", ",
                                                        models.versions(room).stream()
                                                                .map(v -> v.version())
                                                                .toList()))));
    }
}
