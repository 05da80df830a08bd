package io.thermolake.model.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.gson.JsonParseException;
import io.thermolake.PipelineException;
import io.thermolake.RecordJson;
import io.thermolake.detect.ForestScores;
import io.thermolake.lake.LakeLayout;
import io.thermolake.model.training.FeatureCsv;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;

/**
 * One model behind the run's multi-model endpoint. A model that is still being loaded is the SDK's
 * ModelNotReadyException: the state machine retries it.
 */
public final class EndpointForest implements ForestScores {
    /** InvokeEndpoint takes 6 MB; 2,000 rows of five numbers are 120 kB. */
    static final int ROWS_A_CALL = 2000;

    private static final int BYTES_A_CALL = 4_000_000;

    private record Answer(@Nullable List<@Nullable Score> scores) {}

    private record Score(@Nullable Double score) {}

    private final SageMakerRuntimeClient runtime;
    private final String endpoint;
    private final String targetModel;

    /** @param artifact the key of the model's model.tar.gz */
    public EndpointForest(SageMakerRuntimeClient runtime, String endpoint, String artifact) {
        this.runtime = requireNonNull(runtime, "runtime is null");
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        if (!artifact.startsWith(LakeLayout.MODELS)) {
            throw new IllegalArgumentException(
                    "A model's artifact lies under %s, not at %s".formatted(LakeLayout.MODELS, artifact));
        }
        this.targetModel = artifact.substring(LakeLayout.MODELS.length());
    }

    /**
     * {@inheritDoc}
     *
     * @throws PipelineException when the endpoint's answer is not that
     */
    @Override
    public double[] of(List<float[]> rows) {
        double[] scores = new double[rows.size()];
        int from = 0;
        while (from < rows.size()) {
            int to = from;
            StringBuilder body = new StringBuilder();
            while (to < rows.size() && to - from < ROWS_A_CALL && body.length() < BYTES_A_CALL) {
                body.append(FeatureCsv.line(rows.get(to++))).append('\n');
            }
            call(body.toString(), scores, from, to);
            from = to;
        }
        return scores;
    }

    private void call(String body, double[] scores, int from, int to) {
        String json = runtime.invokeEndpoint(b -> b.endpointName(endpoint)
                        .targetModel(targetModel)
                        .contentType("text/csv")
                        .accept("application/json")
                        .body(SdkBytes.fromString(body, UTF_8)))
                .body()
                .asString(UTF_8);
        List<@Nullable Score> answered = parse(json);
        if (answered.size() != to - from) {
            throw new PipelineException(unreadable("%d scores for %d rows".formatted(answered.size(), to - from)));
        }
        for (int i = from; i < to; i++) {
            Score score = answered.get(i - from);
            if (score == null
                    || score.score() == null
                    || !(score.score() >= 0)
                    || score.score().isInfinite()) {
                throw new PipelineException(unreadable("the score " + score + " for row " + (i - from + 1)));
            }
            scores[i] = score.score();
        }
    }

    private List<@Nullable Score> parse(String json) {
        try {
            Answer answer = RecordJson.gson().fromJson(json, Answer.class);
            if (answer != null && answer.scores() != null) {
                return answer.scores();
            }
        } catch (JsonParseException e) {
            throw new PipelineException(unreadable("what is no JSON of scores: " + excerpt(json)), e);
        }
        throw new PipelineException(unreadable("JSON without scores: " + excerpt(json)));
    }

    private String unreadable(String what) {
        return "The endpoint %s, asked for scores by %s, answered %s; look at its container's log"
                .formatted(endpoint, targetModel, what);
    }

    private static String excerpt(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
