package io.thermolake.model.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.lake.store.Clients;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.Waiting;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

/**
 * Asks about the run's endpoint. The answer is RUNNING, or SUCCEEDED with {@code endpoint}, {@code config} and {@code
 * model}.
 *
 * <p>Throws {@link EndpointFailedException} when it did not come up, and {@link EndpointTimedOutException} past the
 * deadline, after it deleted the endpoint.
 */
public final class CheckEndpointHandler implements RequestHandler<CheckEndpointHandler.Request, Progress> {
    /** @param handles the one that StartEndpoint answered */
    public record Request(Run run, List<Handle> handles) {}

    private final SageMakerClient sagemaker;
    private final Waiting waiting;

    /** Called by Lambda, once for each execution environment. */
    public CheckEndpointHandler() {
        this(Clients.sageMaker(), Clock.systemUTC());
    }

    CheckEndpointHandler(SageMakerClient sagemaker, Clock clock) {
        this.sagemaker = sagemaker;
        this.waiting = new Waiting(clock);
    }

    @Override
    public Progress handleRequest(Request request, Context context) {
        Handle handle = request.handles().get(0);
        String name = handle.name();
        DescribeEndpointResponse endpoint = sagemaker.describeEndpoint(b -> b.endpointName(name));
        String status = endpoint.endpointStatusAsString();
        return switch (EndpointStatus.of(status)) {
            case IN_SERVICE -> {
                context.getLogger().log("endpoint.up endpoint=" + name);
                yield Progress.succeeded(EndpointName.details(name));
            }
            case FAILED ->
                throw new EndpointFailedException("The endpoint %s is %s: %s; its log is in /aws/sagemaker/Endpoints/%s"
                        .formatted(
                                name,
                                status,
                                endpoint.failureReason() == null ? "no reason given" : endpoint.failureReason(),
                                name));
            case STARTING ->
                waiting.goesOn(
                        request.handles(),
                        () -> delete(name),
                        late -> new EndpointTimedOutException(
                                "The endpoint %s was still %s at its deadline %s and was deleted; raise TRAINING_TIMEOUT if it needs longer"
                                        .formatted(name, status, late.deadline())));
        };
    }

    private void delete(String name) {
        try {
            sagemaker.deleteEndpoint(b -> b.endpointName(name));
        } catch (SageMakerException e) {
            // One that is still being created cannot be deleted; DeleteEndpoint at the run's end tries again.
        }
    }
}
