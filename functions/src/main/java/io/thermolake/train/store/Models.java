package io.thermolake.train.store;

import static java.util.Objects.requireNonNull;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.LakeStore.Stored;
import io.thermolake.train.CurrentModel;
import io.thermolake.train.ModelCard;
import io.thermolake.train.Names;
import java.util.Optional;

/** The models of all rooms in the lake. */
public final class Models {
    private final LakeStore store;

    public Models(LakeStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    /** What the room's readings are scored with, if it has a model. */
    public Optional<CurrentModel> current(String room) {
        return storedCurrent(room).map(Stored::value);
    }

    /** The card of the model in use. */
    public Optional<ModelCard> currentCard(String room) {
        return current(room).flatMap(current -> card(room, current.version()));
    }

    public Optional<ModelCard> card(String room, String version) {
        return store.read(LakeLayout.modelCard(room, version), ModelCard.class).map(Stored::value);
    }

    /** Keeps a card. @return the card that is kept: the one that was there first */
    public ModelCard keep(ModelCard card) {
        String key = LakeLayout.modelCard(card.room(), card.version());
        return store.create(key, card)
                ? card
                : card(card.room(), card.version()).orElse(card);
    }

    public Optional<Stored<CurrentModel>> storedCurrent(String room) {
        return store.read(LakeLayout.currentModel(room), CurrentModel.class);
    }

    /**
     * Puts a version in use unless somebody else did so meanwhile.
     *
     * @param before what was in use when this was decided
     * @return whether this call did it
     */
    public boolean promote(String room, CurrentModel model, Optional<Stored<CurrentModel>> before) {
        String key = LakeLayout.currentModel(room);
        return before.map(stored -> store.replace(key, model, stored.etag())).orElseGet(() -> store.create(key, model));
    }

    /** The key at which SageMaker leaves the artifact of the training job that a run starts for a version. */
    public static String artifact(String runId, String room, String version) {
        return LakeLayout.model(room, version) + Names.trainingJob(runId, room, version) + "/output/model.tar.gz";
    }
}
