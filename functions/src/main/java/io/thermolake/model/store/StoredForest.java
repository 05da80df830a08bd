package io.thermolake.model.store;

import com.amazon.randomcutforest.state.RandomCutForestState;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.thermolake.PipelineException;
import io.thermolake.RecordJson;
import io.thermolake.detect.Forest;
import io.thermolake.lake.store.LakeStore;
import java.util.List;

/** A forest that the functions trained, as JSON in the lake: read back, it gives the same scores to the last bit. */
public final class StoredForest {
    /** A forest as it lies in the lake. */
    public static final TypeToken<List<RandomCutForestState>> STATE = new TypeToken<>() {};

    private StoredForest() {}

    /** Writes it unless it is there: the same recipe makes the same forest. */
    public static void write(LakeStore store, String key, Forest forest) {
        store.create(key, RecordJson.gson().toJson(forest.state()));
    }

    /** @throws PipelineException when it is missing or no forest */
    public static Forest read(LakeStore store, String key) {
        String json = store.text(key)
                .orElseThrow(() ->
                        new PipelineException("The forest " + store.uri(key) + " is missing; force a new training"))
                .value();
        try {
            if (json.isBlank()) {
                throw new JsonParseException("it is empty");
            }
            return Forest.fromState(RecordJson.gson().fromJson(json, STATE));
        } catch (JsonParseException e) {
            throw new PipelineException(
                    "%s is no forest: %s; force a new training".formatted(store.uri(key), e.getMessage()), e);
        }
    }
}
