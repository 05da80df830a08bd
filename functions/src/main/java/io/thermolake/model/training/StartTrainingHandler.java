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
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.store.Handles;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ResourceInUseException;
import software.amazon.awssdk.services.sagemaker.model.ResourceLimitExceededException;

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

    private static final int ATTEMPTS = 5;

    private final Settings settings;
    private final SageMakerClient sagemaker;
    private final LakeStore store;
    private final Models models;
    private final Faults faults;
    private final Retraining retraining;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public StartTrainingHandler() {
        this(Settings.from(System.getenv()), Clients.sageMaker(), Clients.s3(), Clock.systemUTC());
    }

    public StartTrainingHandler(Settings settings, SageMakerClient sagemaker, S3Client s3, Clock clock) {
        this.settings = settings;
        this.sagemaker = sagemaker;
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.models = new Models(store);
        this.faults = new Faults(store);
        this.retraining = new Retraining(store);
        this.clock = clock;
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
        return startJob(request, recipe);
    }

    private Progress startJob(Request request, Recipe recipe) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            TrainingRequest job = TrainingRequest.of(request.run(), recipe, attempt);
            Instant started = clock.instant();
            Handle handle = new Handle(
                    Handle.Kind.TRAINING_JOB,
                    job.name(),
                    job.name(),
                    started,
                    started.plus(settings.sageMaker().timeout()));
            // Before the start: a job that nobody can find would run on after the run's end.
            new Handles(store).record(request.run(), handle);
            if (startedOrUnderWay(job)) {
                return Progress.running(List.of(handle));
            }
        }
        throw new TrainingFailedException("%d training jobs of room %s for version %s failed or were stopped in run %s"
                .formatted(
                        ATTEMPTS, recipe.room(), recipe.version(), request.run().id()));
    }

    /** Its name follows from run, room and version: one that exists was started by an attempt whose answer was lost. */
    private boolean startedOrUnderWay(TrainingRequest job) {
        try {
            sagemaker.createTrainingJob(job.request(settings));
            return true;
        } catch (ResourceInUseException e) {
            String status = sagemaker
                    .describeTrainingJob(b -> b.trainingJobName(job.name()))
                    .trainingJobStatusAsString();
            return TrainingStatus.of(status) != TrainingStatus.FAILED;
        } catch (ResourceLimitExceededException e) {
            throw new QuotaExceededException(
                    settings.sageMaker().trainingInstanceType() + " for training job usage", e);
        }
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
