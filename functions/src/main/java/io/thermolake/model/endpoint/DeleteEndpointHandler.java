package io.thermolake.model.endpoint;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.thermolake.Settings;
import io.thermolake.lake.store.Clients;
import io.thermolake.run.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

/**
 * Takes the run's endpoint down, with its configuration and its model. What is missing is fine: it is called on every
 * path. An endpoint that the stack keeps stays.
 */
public final class DeleteEndpointHandler
        implements RequestHandler<DeleteEndpointHandler.Request, DeleteEndpointHandler.Answer> {
    /** @param endpoint as StartEndpoint named it; the run's own where it is missing */
    public record Request(Run run, @Nullable String endpoint) {}

    /** @param deleted names of what was there and is not any more: endpoint, config, model */
    public record Answer(List<String> deleted) {}

    private final Settings settings;
    private final SageMakerClient sagemaker;

    /** Called by Lambda, once for each execution environment. */
    public DeleteEndpointHandler() {
        this(Settings.from(System.getenv()), Clients.sageMaker());
    }

    DeleteEndpointHandler(Settings settings, SageMakerClient sagemaker) {
        this.settings = settings;
        this.sagemaker = sagemaker;
    }

    @Override
    public Answer handleRequest(Request request, Context context) {
        String name = request.endpoint() == null || request.endpoint().isEmpty()
                ? EndpointName.of(request.run(), settings)
                : request.endpoint();
        List<String> deleted = new ArrayList<>();
        if (!settings.sageMaker().keepEndpoint()) {
            delete(deleted, "endpoint/" + name, () -> sagemaker.deleteEndpoint(b -> b.endpointName(name)));
            delete(
                    deleted,
                    "endpoint-config/" + name,
                    () -> sagemaker.deleteEndpointConfig(b -> b.endpointConfigName(name)));
            delete(deleted, "model/" + name, () -> sagemaker.deleteModel(b -> b.modelName(name)));
        }
        context.getLogger()
                .log("endpoint.down endpoint=%s deleted=%s kept=%s"
                        .formatted(name, deleted, settings.sageMaker().keepEndpoint()));
        return new Answer(deleted);
    }

    private static void delete(List<String> deleted, String what, Runnable delete) {
        try {
            delete.run();
            deleted.add(what);
        } catch (SageMakerException e) {
            if (!SageMakerErrors.missing(e)) {
                throw e;
            }
        }
    }
}
