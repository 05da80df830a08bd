package io.thermolake.model.store;

import io.thermolake.Settings;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.QuotaExceededException;
import io.thermolake.model.Recipe;
import io.thermolake.model.training.TrainingFailedException;
import io.thermolake.model.training.TrainingRequest;
import io.thermolake.model.training.TrainingStatus;
import io.thermolake.run.Handle;
import io.thermolake.run.Run;
import io.thermolake.run.store.Handles;
import java.time.Clock;
import java.time.Instant;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ResourceInUseException;
import software.amazon.awssdk.services.sagemaker.model.ResourceLimitExceededException;

/** Starts SageMaker's training jobs. Asked twice for a recipe in a run, it finds the job of the first time. */
public final class TrainingStarts {
    private static final int ATTEMPTS = 5;

    private final Settings settings;
    private final SageMakerClient sagemaker;
    private final LakeStore store;
    private final Clock clock;

    public TrainingStarts(Settings settings, SageMakerClient sagemaker, LakeStore store, Clock clock) {
        this.settings = settings;
        this.sagemaker = sagemaker;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Starts a job, or finds the one that is on or done, and records it for the janitor.
     *
     * @throws TrainingFailedException when five jobs of the recipe failed in this run
     * @throws QuotaExceededException when the account may not start the job
     */
    public Handle start(Run run, Recipe recipe) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            TrainingRequest job = TrainingRequest.of(run, recipe, attempt);
            Instant started = clock.instant();
            Handle handle = new Handle(
                    Handle.Kind.TRAINING_JOB,
                    job.name(),
                    job.name(),
                    started,
                    started.plus(settings.sageMaker().timeout()));
            // Before the start: a job that nobody can find would run on after the run's end.
            new Handles(store).record(run, handle);
            if (startedOrUnderWay(job)) {
                return handle;
            }
        }
        throw new TrainingFailedException("%d training jobs of room %s for version %s failed or were stopped in run %s"
                .formatted(ATTEMPTS, recipe.room(), recipe.version(), run.id()));
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
}
