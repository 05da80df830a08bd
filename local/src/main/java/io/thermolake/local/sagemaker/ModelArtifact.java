package io.thermolake.local.sagemaker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazon.randomcutforest.state.RandomCutForestState;
import com.google.gson.JsonParseException;
import io.thermolake.RecordJson;
import io.thermolake.detect.Forest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained forest as model.tar.gz. The format is this cloud's own: SageMaker's is not published, and neither can load the
 * other's.
 */
record ModelArtifact(ForestParameters parameters, Forest forest) {
    private static final String FORMAT = "thermolake-forest-1";
    private static final String FILE = "forest.json";

    private record Content(
            @Nullable String format,
            @Nullable ForestParameters parameters,
            @Nullable List<RandomCutForestState> trees) {}

    /** @return the same bytes for the same forest */
    byte[] toBytes() {
        try {
            String json = RecordJson.gson().toJson(new Content(FORMAT, parameters, forest.state()));
            return TarGz.of(FILE, json.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }

    /** @throws IOException when the bytes are no such artifact */
    static ModelArtifact of(byte[] archive) throws IOException {
        try {
            Content content = RecordJson.gson().fromJson(new String(TarGz.read(archive, FILE), UTF_8), Content.class);
            if (content == null
                    || !FORMAT.equals(content.format())
                    || content.parameters() == null
                    || content.trees() == null) {
                throw new IOException("it is no forest that the laptop cloud trained");
            }
            return new ModelArtifact(content.parameters(), Forest.fromState(content.trees()));
        } catch (JsonParseException e) {
            throw new IOException("its " + FILE + " is no JSON: " + e.getMessage(), e);
        }
    }
}
