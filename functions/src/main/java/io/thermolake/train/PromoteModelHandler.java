package io.thermolake.train;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.PipelineException;
import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Run;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.LakeStore.Stored;
import io.thermolake.train.store.ForestScores;
import io.thermolake.train.store.Models;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;

/**
 * Learns a trained version's threshold from its scores of its own training rows, keeps it with the model, and puts the
 * version in use unless a newer one is.
 */
public final class PromoteModelHandler
        implements RequestHandler<PromoteModelHandler.Request, PromoteModelHandler.Answer> {
    /** Rows that the threshold is learned from: 5 calls, and the mean is known to a hundredth of the deviation. */
    static final int MOST_ROWS = 10_000;

    private static final int TRIES = 3;

    /** @param endpoint that serves the models */
    public record Request(Run run, String room, String version, String endpoint) {}

    /** @param promoted whether it was this run that put the version in use */
    public record Answer(String version, boolean promoted, String reason, double threshold) {}

    private final Settings settings;
    private final SageMakerRuntimeClient runtime;
    private final LakeStore store;
    private final Models models;

    /** Called by Lambda, once for each execution environment. */
    public PromoteModelHandler() {
        this(Settings.from(System.getenv()), Clients.sageMakerRuntime(), Clients.s3());
    }

    PromoteModelHandler(Settings settings, SageMakerRuntimeClient runtime, S3Client s3) {
        this.settings = settings;
        this.runtime = runtime;
        this.store = new LakeStore(s3, settings.bucket());
        this.models = new Models(store);
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        ModelCard card = models.card(request.room(), request.version()).orElseGet(() -> models.keep(learn(request)));
        Promotion promotion = promote(request, card);
        context.getLogger()
                .log("model.promoted room=%s version=%s promoted=%s threshold=%s reason=\"%s\""
                        .formatted(
                                request.room(),
                                card.version(),
                                promotion.promoted(),
                                card.threshold(),
                                promotion.reason()));
        return new Answer(card.version(), promotion.promoted(), promotion.reason(), card.threshold());
    }

    private ModelCard learn(Request request) {
        Run run = request.run();
        String key = LakeLayout.trainingFeatures(request.room(), request.version());
        List<String> rows = store.text(key)
                .orElseThrow(
                        () -> new PipelineException("The training rows s3://%s/%s are missing; force a new training"
                                .formatted(store.bucket(), key)))
                .value()
                .lines()
                .toList();
        String artifact = models.artifact(request.room(), request.version())
                .orElseThrow(() -> new PipelineException("No training job left a model under s3://%s/%s; train it again"
                        .formatted(store.bucket(), LakeLayout.model(request.room(), request.version()))));
        ScoreStatistics scores = ScoreStatistics.of(
                new ForestScores(runtime, request.endpoint(), artifact).of(Sampling.even(rows, MOST_ROWS)));
        Threshold threshold = Threshold.of(scores, settings.thresholdDeviations());
        return new ModelCard(
                request.room(),
                request.version(),
                run.now(),
                run.now().minus(settings.trainingWindow()),
                run.now(),
                rows.size(),
                Features.NAMES,
                Hyperparameters.of(settings).toMap(),
                artifact,
                threshold.value(),
                threshold.method(),
                scores);
    }

    private Promotion promote(Request request, ModelCard card) {
        CurrentModel model = new CurrentModel(
                card.version(), card.threshold(), card.artifact(), request.run().id());
        for (int i = 0; i < TRIES; i++) {
            Optional<Stored<CurrentModel>> before = models.storedCurrent(request.room());
            Promotion promotion = Promotion.of(
                    before.map(Stored::value).orElse(null),
                    card.version(),
                    request.run().id());
            if (!promotion.write() || models.promote(request.room(), model, before)) {
                return promotion;
            }
        }
        throw new PipelineException(
                "The model in use of room %s changed %d times while %s was being promoted; run again"
                        .formatted(request.room(), TRIES, card.version()));
    }
}
