package io.thermolake.local.verify;

import io.thermolake.RecordJson;
import io.thermolake.detect.Forest;
import io.thermolake.detect.RoomModel;
import io.thermolake.lake.LakeLayout;
import io.thermolake.local.sagemaker.ArtifactCheck;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.ModelCard;
import io.thermolake.model.Recipe;
import io.thermolake.model.Trainer;
import io.thermolake.model.promotion.ConfirmedFaults;
import io.thermolake.model.promotion.Rejection;
import io.thermolake.score.ScoreIndex;
import io.thermolake.score.SensorOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The version in use, and every other one that a rollback could put in use. */
final class ModelCheck {
    private final LakeFiles lake;
    private final Findings findings;

    ModelCheck(LakeFiles lake, Findings findings) {
        this.lake = lake;
        this.findings = findings;
    }

    void check(String room, @Nullable ScoreIndex scores) {
        String current = LakeLayout.currentModel(room);
        TreeSet<String> versions = new TreeSet<>();
        if (Files.exists(lake.bucket().resolve(current))) {
            findings.json(current, CurrentModel.class, Mend.model(room)).ifPresent(used -> {
                used.uses().stream()
                        .map(CurrentModel.Use::version)
                        .filter(v -> v.equals(used.version()) || exists(LakeLayout.model(room, v)))
                        .forEach(versions::add);
                inUse(room, used);
            });
        } else if (scores != null && !SensorOnly.is(scores.model())) {
            findings.tell(
                    "It is missing, and the room's scores are of model " + scores.model(), Mend.model(room), current);
        }
        for (Path card : lake.files(LakeLayout.models(room), "/model.json")) {
            versions.add(lake.bucket()
                    .resolve(LakeLayout.models(room))
                    .relativize(card)
                    .getName(0)
                    .toString());
        }
        versions.forEach(version -> version(room, version));
        optional(
                LakeLayout.confirmedFaults(room),
                ConfirmedFaults.class,
                "Restore it: what a person confirmed is nowhere else");
    }

    private boolean exists(String key) {
        return Files.exists(lake.bucket().resolve(key));
    }

    private <T> void optional(String key, Class<T> type, String mend) {
        if (exists(key)) {
            findings.json(key, type, mend);
        }
    }

    private void inUse(String room, CurrentModel used) {
        if (!used.artifact().startsWith(LakeLayout.model(room, used.version()))) {
            findings.tell(
                    "It puts version %s in use with the forest %s, which is another's"
                            .formatted(used.version(), used.artifact()),
                    Mend.model(room),
                    LakeLayout.currentModel(room));
        } else if (!exists(used.artifact())) {
            findings.tell(
                    "The forest of the version in use is missing",
                    Mend.model(room),
                    lake.bucket().resolve(used.artifact()),
                    lake.bucket().resolve(LakeLayout.currentModel(room)));
        }
    }

    private void version(String room, String version) {
        String mend = Mend.model(room);
        String cardKey = LakeLayout.modelCard(room, version);
        String recipeKey = LakeLayout.modelRecipe(room, version);
        ModelCard card = findings.json(cardKey, ModelCard.class, mend).orElse(null);
        Recipe recipe = findings.json(recipeKey, Recipe.class, mend).orElse(null);
        optional(LakeLayout.modelRejection(room, version), Rejection.class, mend);
        if (card == null || recipe == null) {
            return;
        }
        List<Path> both = List.of(lake.bucket().resolve(cardKey), lake.bucket().resolve(recipeKey));
        if (!card.version().equals(version) || !recipe.room().equals(room)) {
            findings.tell(
                    "They are of room %s, version %s".formatted(recipe.room(), card.version()),
                    mend,
                    both.toArray(new Path[0]));
        }
        Double limit = card.model().forestAllowed();
        if (!card.recipe().equals(recipe)
                || !limits(card.model()).equals(limits(recipe.rules().limits()))) {
            findings.tell("The card and the recipe of the version differ", mend, both.toArray(new Path[0]));
        }
        if (limit == null || !(limit > 0) || limit.isInfinite()) {
            findings.tell("Its forest's limit is " + limit + ", which is none", mend, cardKey);
        }
        forest(card, lake.bucket().resolve(cardKey), mend);
    }

    private static RoomModel limits(RoomModel model) {
        return new RoomModel(model.rules(), model.allowed());
    }

    private void forest(ModelCard card, Path file, String mend) {
        Path artifact = lake.bucket().resolve(card.artifact());
        if (!Files.isRegularFile(artifact)) {
            findings.tell("The forest %s is missing".formatted(card.artifact()), mend, artifact, file);
            return;
        }
        findings.read(artifact, "forest", mend, bytes -> {
            if (card.recipe().forest().trainer() == Trainer.EMBEDDED) {
                return Forest.fromState(
                        RecordJson.gson().fromJson(Findings.text(bytes), io.thermolake.model.store.StoredForest.STATE));
            }
            ArtifactCheck.read(bytes);
            return bytes;
        });
    }
}
