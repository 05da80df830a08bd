package io.thermolake.model.store;

import static java.util.Objects.requireNonNull;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.LakeStore.Stored;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.ModelCard;
import io.thermolake.model.ModelVersion;
import io.thermolake.model.Recipe;
import io.thermolake.model.promotion.Rejection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The models of all rooms in the lake. */
public final class Models {
    private final LakeStore store;

    public Models(LakeStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    /** What the room's readings are scored with, if it has a model. */
    public Optional<CurrentModel> current(String room) {
        return store.find(LakeLayout.currentModel(room), CurrentModel.class);
    }

    /** The card of the model in use. */
    public Optional<ModelCard> currentCard(String room) {
        return current(room).flatMap(current -> card(room, current.version()));
    }

    public Optional<ModelCard> card(String room, String version) {
        return store.find(LakeLayout.modelCard(room, version), ModelCard.class);
    }

    public Optional<Recipe> recipe(String room, String version) {
        return store.find(LakeLayout.modelRecipe(room, version), Recipe.class);
    }

    /** Keeps a recipe. @return the recipe that is kept: the one that was there first */
    public Recipe keep(Recipe recipe) {
        String key = LakeLayout.modelRecipe(recipe.room(), recipe.version());
        return store.create(key, recipe)
                ? recipe
                : recipe(recipe.room(), recipe.version()).orElse(recipe);
    }

    /** Keeps a card. @return the card that is kept: the one that was there first */
    public ModelCard keep(ModelCard card) {
        String key = LakeLayout.modelCard(card.recipe().room(), card.version());
        return store.create(key, card)
                ? card
                : card(card.recipe().room(), card.version()).orElse(card);
    }

    /** Every version that was trained to its end, the newest first. */
    public List<ModelVersion> versions(String room) {
        CurrentModel current = current(room).orElse(null);
        List<CurrentModel.Use> uses = current == null ? List.of() : current.uses();
        return store.list(LakeLayout.models(room))
                .map(LakeStore.Listed::key)
                .filter(LakeLayout::isModelCard)
                .map(key -> LakeLayout.ModelKey.of(key).version())
                .flatMap(version -> card(room, version).stream())
                .sorted(Comparator.comparing(ModelCard::version).reversed())
                .map(card -> new ModelVersion(
                        card,
                        current != null && current.version().equals(card.version()),
                        uses.stream()
                                .filter(use -> use.version().equals(card.version()))
                                .toList(),
                        rejection(room, card.version()).orElse(null)))
                .toList();
    }

    /** The rooms that have models. */
    public List<String> rooms() {
        return store.list(LakeLayout.MODELS)
                .map(listed -> LakeLayout.ModelKey.of(listed.key()).room())
                .distinct()
                .toList();
    }

    /** Why a version was not put in use, if it was not. */
    public Optional<Rejection> rejection(String room, String version) {
        return store.find(LakeLayout.modelRejection(room, version), Rejection.class);
    }

    /** The last time that a version of the room was not put in use. */
    public Optional<Rejection> lastRejection(String room) {
        return store.list(LakeLayout.models(room))
                .map(LakeStore.Listed::key)
                .filter(LakeLayout::isModelRejection)
                .reduce((earlier, later) -> later)
                .flatMap(key -> rejection(room, LakeLayout.ModelKey.of(key).version()));
    }

    /** Says that a version is not put in use; what was said first stays. */
    public void reject(String room, Rejection rejection) {
        store.create(LakeLayout.modelRejection(room, rejection.version()), rejection);
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

    /** The forest of a version, whoever trained it. What a killed run trained is not trained again. */
    public Optional<String> artifact(String room, String version) {
        return store.list(LakeLayout.model(room, version))
                .map(LakeStore.Listed::key)
                .filter(LakeLayout::isForest)
                .findFirst();
    }
}
