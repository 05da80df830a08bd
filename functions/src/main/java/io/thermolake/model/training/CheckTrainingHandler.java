package io.thermolake.model.training;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.Clients;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.Waiting;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

/**
 * Asks about a room's training job. The answer is RUNNING, or SUCCEEDED with {@code needed}, {@code version} and {@code
 * artifact}.
 *
 * <p>Throws {@link TrainingFailedException} when the job did not complete, and {@link TrainingTimedOutException} past the
 * deadline, after it told the job to stop.
 */
public final class CheckTrainingHandler implements RequestHandler<CheckTrainingHandler.Request, Progress> {
    /** @param handles the one that StartTraining answered */
    public record Request(Run run, String room, List<Handle> handles) {}

    private final SageMakerClient sagemaker;
    private final Waiting waiting;

    /** Called by Lambda, once for each execution environment. */
    public CheckTrainingHandler() {
        this(Clients.sageMaker(), Clock.systemUTC());
    }

    CheckTrainingHandler(SageMakerClient sagemaker, Clock clock) {
        this.sagemaker = sagemaker;
        this.waiting = new Waiting(clock);
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        Handle handle = request.handles().get(0);
        DescribeTrainingJobResponse job = sagemaker.describeTrainingJob(b -> b.trainingJobName(handle.name()));
        String status = job.trainingJobStatusAsString();
        return switch (TrainingStatus.of(status)) {
            case COMPLETED -> {
                String artifact = key(job.modelArtifacts().s3ModelArtifacts());
                context.getLogger().log("training.finished room=%s artifact=%s".formatted(request.room(), artifact));
                yield Progress.succeeded(Map.of("needed", true, "version", version(artifact), "artifact", artifact));
            }
            case FAILED ->
                throw new TrainingFailedException(
                        "The training job %s of room %s ended %s: %s; its log is in /aws/sagemaker/TrainingJobs"
                                .formatted(
                                        handle.name(),
                                        request.room(),
                                        status,
                                        job.failureReason() == null
                                                ? job.secondaryStatusAsString()
                                                : job.failureReason()));
            case RUNNING ->
                waiting.goesOn(
                        request.handles(),
                        () -> stop(handle.name()),
                        late -> new TrainingTimedOutException(
                                "The training job %s of room %s was still %s at its deadline %s and was told to stop; raise TRAINING_TIMEOUT if it needs longer"
                                        .formatted(late.name(), request.room(), status, late.deadline())));
        };
    }

    private void stop(String job) {
        try {
            sagemaker.stopTrainingJob(b -> b.trainingJobName(job));
        } catch (SageMakerException e) {
            // Ended between the two calls; what is told is that it was late.
        }
    }

    private static String key(String uri) {
        return uri.substring(uri.indexOf(LakeLayout.MODELS, "s3://".length()));
    }

    private static String version(String artifact) {
        return LakeLayout.ModelKey.of(artifact).version();
    }
}
