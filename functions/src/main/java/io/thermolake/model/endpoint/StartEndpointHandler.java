package io.thermolake.model.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.Clients;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.QuotaExceededException;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.store.Handles;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ContainerMode;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/**
 * Brings up one multi-model endpoint for all rooms. What exists already under the run's name is its own, from an attempt
 * whose answer was lost, or the endpoint that the stack keeps: it is attached to. The answer is RUNNING with the
 * endpoint's handle, or SUCCEEDED with {@code endpoint}, {@code config} and {@code model} if it is in service.
 *
 * <p>Throws {@link QuotaExceededException} when the account may not start it.
 */
public final class StartEndpointHandler implements RequestHandler<StartEndpointHandler.Request, Progress> {
    /** @param run that scores */
    public record Request(Run run) {}

    private final Settings settings;
    private final SageMakerClient sagemaker;
    private final LakeStore store;
    private final Clock clock;

    /** Called by Lambda, once for each execution environment. */
    public StartEndpointHandler() {
        this(Settings.from(System.getenv()), Clients.sageMaker(), Clients.s3(), Clock.systemUTC());
    }

    StartEndpointHandler(Settings settings, SageMakerClient sagemaker, S3Client s3, Clock clock) {
        this.settings = settings;
        this.sagemaker = sagemaker;
        this.store = new LakeStore(s3, settings.lake().bucket());
        this.clock = clock;
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        String name = EndpointName.of(request.run(), settings);
        EndpointStatus status = status(name);
        if (status == EndpointStatus.IN_SERVICE) {
            context.getLogger().log("endpoint.attached endpoint=" + name);
            return Progress.succeeded(EndpointName.details(name));
        }
        Instant started = clock.instant();
        Handle handle = new Handle(
                Handle.Kind.ENDPOINT,
                name,
                name,
                started,
                started.plus(settings.sageMaker().timeout()));
        if (!settings.sageMaker().keepEndpoint()) {
            // Before the start: an endpoint that nobody can find costs money until somebody reads the bill.
            new Handles(store).record(request.run(), handle);
        }
        if (status == EndpointStatus.FAILED) {
            // It would never come up, and its name is the one that this run must use.
            sagemaker.deleteEndpoint(b -> b.endpointName(name));
        }
        try {
            unlessItExists(() -> createModel(name, request.run()));
            unlessItExists(() -> createConfig(name, request.run()));
            unlessItExists(() -> createEndpoint(name, request.run()));
        } catch (ResourceLimitExceededException e) {
            throw new QuotaExceededException(settings.sageMaker().endpointInstanceType() + " for endpoint usage", e);
        }
        context.getLogger().log("endpoint.started endpoint=" + name);
        return Progress.running(List.of(handle));
    }

    private @Nullable EndpointStatus status(String name) {
        try {
            return EndpointStatus.of(
                    sagemaker.describeEndpoint(b -> b.endpointName(name)).endpointStatusAsString());
        } catch (SageMakerException e) {
            if (SageMakerErrors.missing(e)) {
                return null;
            }
            throw e;
        }
    }

    private void createModel(String name, Run run) {
        sagemaker.createModel(b -> b.modelName(name)
                .executionRoleArn(settings.sageMaker().roleArn())
                .primaryContainer(c -> c.image(settings.sageMaker().rcfImage())
                        .mode(ContainerMode.MULTI_MODEL)
                        .modelDataUrl("s3://" + settings.lake().bucket() + "/" + LakeLayout.MODELS))
                .tags(tags(run)));
    }

    private void createConfig(String name, Run run) {
        sagemaker.createEndpointConfig(b -> b.endpointConfigName(name)
                .productionVariants(ProductionVariant.builder()
                        .variantName("AllTraffic")
                        .modelName(name)
                        .instanceType(settings.sageMaker().endpointInstanceType())
                        .initialInstanceCount(1)
                        .build())
                .tags(tags(run)));
    }

    private void createEndpoint(String name, Run run) {
        sagemaker.createEndpoint(
                b -> b.endpointName(name).endpointConfigName(name).tags(tags(run)));
    }

    private static void unlessItExists(Runnable create) {
        try {
            create.run();
        } catch (SageMakerException e) {
            if (!SageMakerErrors.exists(e)) {
                throw e;
            }
        }
    }

    private List<Tag> tags(Run run) {
        return HostingTags.of(settings.stack().name(), run, settings.sageMaker().keepEndpoint()).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
