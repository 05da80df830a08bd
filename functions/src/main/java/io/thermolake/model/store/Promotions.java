package io.thermolake.model.store;

import io.thermolake.PipelineException;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.LakeStore.Stored;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.ModelCard;
import io.thermolake.model.promotion.Promotion;
import io.thermolake.model.promotion.PutInUse;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts a version in use, for the function and for the command line alike. One conditional write of {@code current.json} is all that
 * it does: whoever is killed before it leaves the old model in use, and whoever is killed after it the new one.
 */
public final class Promotions {
    /** Instead of a version: the one that was in use before. */
    public static final String PREVIOUS = "previous";

    private static final int TRIES = 3;

    private record Wish(ModelCard card, String by, Instant at, Promotion promotion, String reason) {
        CurrentModel after(@Nullable CurrentModel current) {
            return card.inUse(by, at, reason, current);
        }
    }

    private final Models models;

    public Promotions(LakeStore store) {
        this.models = new Models(store);
    }

    /**
     * Unless a newer one is in use.
     *
     * @param reason what the rule says, empty where it was not asked
     */
    public PutInUse byRun(String room, ModelCard card, String runId, Instant now, String reason) {
        return put(room, current -> {
            Promotion promotion = card.follows(current, runId);
            String words = reason.isEmpty() ? promotion.reason() : promotion.reason() + "; " + reason;
            return new Wish(card, runId, now, promotion, words);
        });
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
            return new Wish(
                    card,
                    CurrentModel.HAND,
                    at,
                    card.byHand(current),
                    back && current != null ? "rolled back from " + current.version() : "by hand");
        });
    }

    private PutInUse put(String room, Function<@Nullable CurrentModel, Wish> choice) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Stored<CurrentModel>> before = models.storedCurrent(room);
            CurrentModel current = before.map(Stored::value).orElse(null);
            Wish wish = choice.apply(current);
            Promotion promotion = wish.promotion();
            if (!promotion.write() || models.promote(room, wish.after(current), before)) {
                return new PutInUse(
                        wish.card().version(),
                        promotion.promoted(),
                        promotion.write() ? wish.reason() : promotion.reason());
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
