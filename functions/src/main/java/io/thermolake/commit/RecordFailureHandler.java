package io.thermolake.commit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.commit.store.Janitor;
import io.thermolake.lake.store.Clients;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The same clean-up for what no Catch sees: a stopped execution, a machine's timeout, an expression's error. EventBridge
 * calls it with "Step Functions Execution Status Change"; for a failure that is recorded already it does nothing new.
 */
public final class RecordFailureHandler
        implements RequestHandler<RecordFailureHandler.Request, RecordFailureHandler.Answer> {
    /** The event, as far as it is needed. */
    public record Request(Detail detail) {}

    /** @param status FAILED, TIMED_OUT or ABORTED */
    public record Detail(
            String name,
            String status,
            @Nullable Integer redriveCount,
            @Nullable String error,
            @Nullable String cause) {}

    /** @param recorded whether this call was the first to record the failure */
    public record Answer(boolean recorded) {}

    private final Janitor janitor;

    /** Called by Lambda, once for each execution environment. */
    public RecordFailureHandler() {
        this(
                Settings.from(System.getenv()),
                Clients.s3(),
                Clients.glue(),
                Clients.sageMaker(),
                Clients.athena(),
                Clients.sns(),
                Clock.systemUTC());
    }

    RecordFailureHandler(
            Settings settings,
            S3Client s3,
            GlueClient glue,
            SageMakerClient sageMaker,
            AthenaClient athena,
            SnsClient sns,
            Clock clock) {
        this.janitor = new Janitor(settings, s3, glue, sageMaker, athena, sns, clock);
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        Detail detail = request.detail();
        Failure failure = new Failure(
                detail.name(),
                Failure.NO_STEP,
                detail.error() == null ? detail.status() : detail.error(),
                detail.cause() == null ? "the execution ended " + detail.status() : Failure.readable(detail.cause()),
                detail.redriveCount() == null ? 0 : detail.redriveCount());
        return new Answer(janitor.cleanUp(failure, context.getLogger()::log));
    }
}
