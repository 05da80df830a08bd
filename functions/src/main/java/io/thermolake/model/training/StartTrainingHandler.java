package io.thermolake.model.training;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.detect.Forest;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.RoomReading;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.model.ModelCard;
import io.thermolake.model.QuotaExceededException;
import io.thermolake.model.Recipe;
import io.thermolake.model.Trainer;
import io.thermolake.model.promotion.ConfirmedFaults;
import io.thermolake.model.store.Faults;
import io.thermolake.model.store.Models;
import io.thermolake.model.store.Retraining;
import io.thermolake.model.store.RoomFiles;
import io.thermolake.model.store.StoredForest;
import io.thermolake.model.store.TrainingStarts;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/**
 * Trains a room's model if it needs a new one: writes its recipe, then trains its forest in this function, or writes the
 * rows and starts SageMaker's job. Run twice, it finds the job, or the finished forest, of the first time. The answer is
 * RUNNING with the job's handle, or SUCCEEDED with {@code needed}, {@code reason} and {@code version}: not needed, then
 * the version in use or none; needed, then a version whose forest is there and that waits to be promoted.
 *
 * <p>Throws {@link QuotaExceededException} when the account may not start the job.
 */
public final class StartTrainingHandler implements RequestHandler<StartTrainingHandler.Request, Progress> {
    /**
     * @param force trains whatever the model's age
     * @param endpoint of the run; without one a forest of SageMaker's would be of no use
     * @param refused why a quota leaves the room without SageMaker, null where none does
     */
    public record Request(
            Run run,
            String room,
            boolean force,
            @Nullable String endpoint,
            @Nullable String refused) {}

    private final Settings settings;
    private final LakeStore store;
    private final Models models;
    private final Faults faults;
    private final Retraining retraining;
    private final TrainingStarts jobs;

    /** Called by Lambda, once for each execution environment. */
    public StartTrainingHandler() {
        this(Settings.from(System.getenv()), Clients.sageMaker(), Clients.s3(), Clock.systemUTC());
    }

    public StartTrainingHandler(Settings settings, SageMakerClient sagemaker, S3Client s3, Clock clock) {
        this.settings = settings;
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.models = new Models(store);
        this.faults = new Faults(store);
        this.retraining = new Retraining(store);
        this.jobs = new TrainingStarts(settings, sagemaker, store, clock);
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        Run run = request.run();
        Recipe current =
                models.currentCard(request.room()).map(ModelCard::recipe).orElse(null);
        Trainer trainer = trainer(request);
        TrainingNeed need = retraining.need(
                request.room(), run.now(), settings.detection().modelMaxAge(), trainer, request.force());
        Optional<Manifest> manifest = need.needed() ? new Manifests(store).newest() : Optional.empty();
        LearningDays days = LearningDays.before(run.now(), settings);
        List<RoomReading> readings = manifest.map(m -> new RoomFiles(store, m, request.room()).of(days))
                .orElse(List.of());
        need = need.given(RoomReading.days(readings), settings.detection().minTrainingDays());
        Progress progress = need.needed()
                ? train(request, recipe(request, trainer, manifest.orElseThrow(), days, readings), need)
                : answer(false, need.reason(), current == null ? null : current.version());
        context.getLogger()
                .log("training.decided room=%s needed=%s trainer=%s reason=\"%s\""
                        .formatted(request.room(), need.needed(), trainer, need.reason()));
        return progress;
    }

    private Trainer trainer(Request request) {
        boolean noEndpoint = request.endpoint() == null || request.endpoint().isEmpty();
        return settings.forest().embedded() || noEndpoint || request.refused() != null
                ? Trainer.EMBEDDED
                : Trainer.SAGEMAKER;
    }

    private record Prepared(Recipe recipe, Lesson lesson) {}

    private Prepared recipe(
            Request request, Trainer trainer, Manifest manifest, LearningDays days, List<RoomReading> readings) {
        ModelCard before = models.currentCard(request.room()).orElse(null);
        ConfirmedFaults confirmed = faults.of(request.room()).between(days.begin(), days.end());
        Lesson lesson = Lesson.of(
                readings, settings.detection().alarmBudget(), confirmed, before == null ? null : before.model());
        String fallback = settings.forest().embedded() || trainer == Trainer.SAGEMAKER
                ? null
                : request.refused() == null ? "the run had no endpoint" : request.refused();
        Recipe recipe = Recipe.of(
                request.room(),
                request.run().now(),
                Recipe.Learned.of(days, manifest.number(), readings.size(), lesson),
                lesson,
                settings,
                trainer,
                fallback,
                before == null ? null : before.version(),
                confirmed);
        return new Prepared(models.keep(recipe), lesson);
    }

    private Progress train(Request request, Prepared prepared, TrainingNeed need) {
        Recipe recipe = prepared.recipe();
        if (models.artifact(recipe.room(), recipe.version()).isPresent()) {
            return answer(true, need.reason() + "; trained by an earlier run already", recipe.version());
        }
        if (recipe.forest().trainer() == Trainer.EMBEDDED) {
            Forest forest = Forest.train(
                    prepared.lesson().rows(),
                    recipe.forest().hyperparameter("num_trees"),
                    recipe.forest().hyperparameter("num_samples_per_tree"),
                    requireNonNull(recipe.forest().seed(), "an embedded forest has a seed"));
            StoredForest.write(store, LakeLayout.forest(recipe.room(), recipe.version()), forest);
            return answer(true, need.reason(), recipe.version());
        }
        store.put(
                LakeLayout.trainingFeatures(recipe.room(), recipe.version()),
                FeatureCsv.of(prepared.lesson().rows()));
        return Progress.running(List.of(jobs.start(request.run(), recipe)));
    }

    private static Progress answer(boolean needed, String reason, @Nullable String version) {
        Map<String, Object> details = new HashMap<>();
        details.put("needed", needed);
        details.put("reason", reason);
        if (version != null) {
            details.put("version", version);
        }
        return Progress.succeeded(details);
    }
}
