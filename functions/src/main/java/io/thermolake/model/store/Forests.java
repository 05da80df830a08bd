package io.thermolake.model.store;

import io.thermolake.PipelineException;
import io.thermolake.detect.ForestScores;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.Recipe;
import io.thermolake.model.Trainer;
import io.thermolake.model.training.RoundedRows;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;

/** The forests of all rooms, each where its trainer left it. */
public final class Forests {
    private final LakeStore store;
    private final SageMakerRuntimeClient runtime;

    public Forests(LakeStore store, SageMakerRuntimeClient runtime) {
        this.store = store;
        this.runtime = runtime;
    }

    /**
     * @param artifact its key
     * @param endpoint of the run, empty or null where it has none
     */
    public ForestScores of(Recipe recipe, String artifact, @Nullable String endpoint) {
        if (recipe.forest().trainer() == Trainer.EMBEDDED) {
            return new RoundedRows(StoredForest.read(store, artifact));
        }
        if (endpoint == null || endpoint.isEmpty()) {
            throw new PipelineException(
                    "The model %s of room %s is SageMaker's, and this run has no endpoint to ask it; run again with force to train it anew"
                            .formatted(recipe.version(), recipe.room()));
        }
        return new RoundedRows(new EndpointForest(runtime, endpoint, artifact));
    }

    /** Whether this run can ask a version's forest. */
    public boolean canBeAsked(Recipe recipe, @Nullable String endpoint) {
        return recipe.forest().trainer() == Trainer.EMBEDDED || (endpoint != null && !endpoint.isEmpty());
    }
}
