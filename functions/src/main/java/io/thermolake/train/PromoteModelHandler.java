package io.thermolake.train;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.PipelineException;
import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.Run;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.LakeStore.Stored;
import io.thermolake.lake.store.Manifests;
import io.thermolake.train.store.Forests;
import io.thermolake.train.store.Models;
import io.thermolake.train.store.RoomFiles;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;

/**
 * Learns how great a trained forest's scores may be from its scores of all its training rows, keeps that with the model,
 * and puts the version in use unless a newer one is.
 */
public final class PromoteModelHandler
        implements RequestHandler<PromoteModelHandler.Request, PromoteModelHandler.Answer> {
    private static final int TRIES = 3;

    /** @param endpoint that serves the models, empty where there is none */
    public record Request(
            Run run, String room, String version, @Nullable String endpoint) {}

    /** @param promoted whether it was this run that put the version in use */
    public record Answer(String version, boolean promoted, String reason) {}

    private final Settings settings;
    private final Forests forests;
    private final LakeStore store;
    private final Models models;

    /** Called by Lambda, once for each execution environment. */
    public PromoteModelHandler() {
        this(Settings.from(System.getenv()), Clients.sageMakerRuntime(), Clients.s3());
    }

    PromoteModelHandler(Settings settings, SageMakerRuntimeClient runtime, S3Client s3) {
        this.settings = settings;
        this.store = new LakeStore(s3, settings.bucket());
        this.forests = new Forests(store, runtime);
        this.models = new Models(store);
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        ModelCard card = models.card(request.room(), request.version()).orElseGet(() -> models.keep(learn(request)));
        Promotion promotion = promote(request, card);
        context.getLogger()
                .log("model.promoted room=%s version=%s promoted=%s limit=%s reason=\"%s\""
                        .formatted(
                                request.room(),
                                card.version(),
                                promotion.promoted(),
                                card.model().forestAllowed(),
                                promotion.reason()));
        return new Answer(card.version(), promotion.promoted(), promotion.reason());
    }

    private ModelCard learn(Request request) {
        Recipe recipe = models.recipe(request.room(), request.version())
                .orElseThrow(() -> missing(LakeLayout.modelRecipe(request.room(), request.version())));
        Lesson lesson = lesson(recipe);
        String artifact = models.artifact(request.room(), request.version())
                .orElseThrow(() -> new PipelineException("No training left a forest under s3://%s/%s; train it again"
                        .formatted(store.bucket(), LakeLayout.model(request.room(), request.version()))));
        double[] scores = forests.of(recipe, artifact, request.endpoint()).of(lesson.rows());
        Threshold threshold = Threshold.of(recipe, lesson.training(), scores);
        return new ModelCard(recipe, artifact, threshold.model(), threshold.method(), ScoreStatistics.of(scores));
    }

    /** What the version was trained on, from the manifest that it was trained on. */
    private Lesson lesson(Recipe recipe) {
        Manifest manifest = new Manifests(store)
                .numbered(recipe.manifest())
                .orElseThrow(() -> missing(LakeLayout.manifest(recipe.manifest())));
        LearningDays days = new LearningDays(LocalDate.parse(recipe.firstDay()), LocalDate.parse(recipe.lastDay()));
        Lesson lesson = Lesson.of(new RoomFiles(store, manifest, recipe.room()).of(days), recipe.alarmBudget());
        if (!lesson.limits().equals(recipe.limits())) {
            throw new PipelineException(
                    "The readings of room %s from %s to %s in manifest %d are not those that version %s was trained on; force a new training"
                            .formatted(
                                    recipe.room(),
                                    recipe.firstDay(),
                                    recipe.lastDay(),
                                    recipe.manifest(),
                                    recipe.version()));
        }
        return lesson;
    }

    private PipelineException missing(String key) {
        return new PipelineException("s3://%s/%s is missing; force a new training".formatted(store.bucket(), key));
    }

    private Promotion promote(Request request, ModelCard card) {
        CurrentModel model =
                new CurrentModel(card.version(), card.artifact(), request.run().id());
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
