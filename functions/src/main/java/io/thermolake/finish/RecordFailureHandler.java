package io.thermolake.finish;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.google.gson.Gson;
import io.thermolake.RecordJson;
import io.thermolake.Settings;
import io.thermolake.finish.store.Janitor;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.plan.store.FollowUps;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The same clean-up for what no Catch sees: a stopped execution, a machine's timeout, an expression's error. EventBridge
 * calls it with "Step Functions Execution Status Change"; for a failure that is recorded already it cleans up no more.
 * Whatever way a run failed, it is called, after the lock is released: so it is what makes good a start that was skipped
 * meanwhile.
 */
public final class RecordFailureHandler implements RequestHandler<ScheduledEvent, RecordFailureHandler.Answer> {
    /** The event's detail, as far as it is needed. @param status FAILED, TIMED_OUT or ABORTED */
    private record EndedExecution(
            String name,
            String status,
            @Nullable Integer redriveCount,
            @Nullable String error,
            @Nullable String cause) {
        static EndedExecution of(ScheduledEvent event) {
            Gson gson = RecordJson.gson();
            return gson.fromJson(gson.toJsonTree(event.getDetail()), EndedExecution.class);
        }
    }

    /** @param recorded whether this call was the first to record the failure */
    public record Answer(boolean recorded) {}

    private final Janitor janitor;
    private final FollowUps followUps;

    /** Called by Lambda, once for each execution environment. */
    public RecordFailureHandler() {
        this(
                Settings.from(System.getenv()),
                Clients.s3(),
                Clients.glue(),
                Clients.sageMaker(),
                Clients.athena(),
                Clients.sns(),
                Clients.stepFunctions(),
                Clock.systemUTC());
    }

    RecordFailureHandler(
            Settings settings,
            S3Client s3,
            GlueClient glue,
            SageMakerClient sageMaker,
            AthenaClient athena,
            SnsClient sns,
            SfnClient sfn,
            Clock clock) {
        this.janitor = new Janitor(settings, s3, glue, sageMaker, athena, sns, clock);
        this.followUps = new FollowUps(
                new LakeStore(s3, settings.lake().bucket()),
                sfn,
                settings.stack().pipelineArn(),
                clock);
    }

    @Override
    public Answer handleRequest(ScheduledEvent event, Context context) {
        EndedExecution detail = EndedExecution.of(event);
        Failure failure = new Failure(
                detail.name(),
                Failure.NO_STEP,
                detail.error() == null ? detail.status() : detail.error(),
                detail.cause() == null ? "the execution ended " + detail.status() : Failure.readable(detail.cause()),
                detail.redriveCount() == null ? 0 : detail.redriveCount());
        boolean first = janitor.cleanUp(failure, context.getLogger()::log);
        followUps
                .start()
                .ifPresent(
                        name -> context.getLogger().log("run.followed run=%s by=%s".formatted(failure.runId(), name)));
        return new Answer(first);
    }
}
