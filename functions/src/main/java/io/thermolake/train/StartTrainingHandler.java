package io.thermolake.train;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.await.Handle;
import io.thermolake.await.Progress;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Run;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.Handles;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.quota.QuotaExceededException;
import io.thermolake.train.store.Models;
import io.thermolake.train.store.RoomFiles;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ResourceInUseException;
import software.amazon.awssdk.services.sagemaker.model.ResourceLimitExceededException;

/**
 * Starts a training job for a room if it needs a new forest. Run twice, it finds the job, or the finished model, of the
 * first time. The answer is RUNNING with the job's handle, or SUCCEEDED with {@code needed}, {@code reason} and {@code
 * version}: not needed, then the version in use or none; needed, then a version that an earlier run trained to the end
 * from the same rows and that waits to be promoted.
 *
 * <p>Throws {@link QuotaExceededException} when the account may not start the job.
 */
public final class StartTrainingHandler implements RequestHandler<StartTrainingHandler.Request, Progress> {
    /** @param force trains whatever the model's age */
    public record Request(Run run, String room, boolean force) {}

    private static final int ATTEMPTS = 5;

    private final Settings settings;
    private final SageMakerClient sagemaker;
    private final LakeStore store;
    private final Models models;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public StartTrainingHandler() {
        this(Settings.from(System.getenv()), Clients.sageMaker(), Clients.s3(), Clock.systemUTC());
    }

    StartTrainingHandler(Settings settings, SageMakerClient sagemaker, S3Client s3, Clock clock) {
        this.settings = settings;
        this.sagemaker = sagemaker;
        this.store = new LakeStore(s3, settings.bucket());
        this.models = new Models(store);
        this.clock = clock;
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        Run run = request.run();
        ModelCard current = models.currentCard(request.room()).orElse(null);
        TrainingNeed need = TrainingNeed.byAge(current, run.now(), settings.modelMaxAge(), request.force());
        List<RoomReading> readings = need.needed() ? window(run, request.room()) : List.of();
        need = need.given(readings.size(), settings.minTrainingReadings());
        String version = null;
        Progress progress;
        if (need.needed()) {
            String features = Features.csv(readings);
            version = Names.version(run.now(), features);
            progress = train(request, version, features, need);
        } else {
            progress = answer(false, need.reason(), current == null ? null : current.version());
        }
        context.getLogger()
                .log("training.decided room=%s needed=%s version=%s reason=\"%s\""
                        .formatted(request.room(), need.needed(), version, need.reason()));
        return progress;
    }

    private List<RoomReading> window(Run run, String room) {
        return new Manifests(store)
                .newest()
                .map(manifest -> new RoomFiles(store, manifest, room)
                        .between(run.now().minus(settings.trainingWindow()), run.now()))
                .orElse(List.of());
    }

    private Progress train(Request request, String version, String features, TrainingNeed need) {
        if (models.artifact(request.room(), version).isPresent()) {
            return answer(true, need.reason() + "; trained by an earlier run already", version);
        }
        store.put(LakeLayout.trainingFeatures(request.room(), version), features);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            TrainingJob job = TrainingJob.of(request.run(), request.room(), version, attempt);
            Instant started = clock.instant();
            Handle handle = new Handle(
                    Handle.Kind.TRAINING_JOB,
                    job.name(),
                    job.name(),
                    started,
                    started.plus(settings.trainingTimeout()));
            // Before the start: a job that nobody can find would run on after the run's end.
            new Handles(store).record(request.run(), handle);
            if (startedOrUnderWay(job)) {
                return Progress.running(List.of(handle));
            }
        }
        throw new TrainingFailedException("%d training jobs of room %s for version %s failed or were stopped in run %s"
                .formatted(ATTEMPTS, request.room(), version, request.run().id()));
    }

    /** Its name follows from run, room and version: one that exists was started by an attempt whose answer was lost. */
    private boolean startedOrUnderWay(TrainingJob job) {
        try {
            sagemaker.createTrainingJob(job.request(settings));
            return true;
        } catch (ResourceInUseException e) {
            String status = sagemaker
                    .describeTrainingJob(b -> b.trainingJobName(job.name()))
                    .trainingJobStatusAsString();
            return TrainingStatus.of(status) != TrainingStatus.FAILED;
        } catch (ResourceLimitExceededException e) {
            throw new QuotaExceededException(settings.trainingInstanceType() + " for training job usage", e);
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
