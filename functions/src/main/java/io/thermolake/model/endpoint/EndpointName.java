package io.thermolake.model.endpoint;

import io.thermolake.Settings;
import io.thermolake.model.SageMakerNames;
import io.thermolake.run.Run;
import java.util.Map;

/** What the endpoint, its configuration and its model are called: one name for the three. */
final class EndpointName {
    private EndpointName() {}

    /** The run's own, or the one of the stack where it keeps its endpoint. */
    static String of(Run run, Settings settings) {
        return settings.sageMaker().keepEndpoint()
                ? SageMakerNames.keptEndpoint(settings.lake().bucket())
                : SageMakerNames.endpoint(run.id());
    }

    /** What the machine gets to know of an endpoint that is up. */
    static Map<String, Object> details(String name) {
        return Map.of("endpoint", name, "config", name, "model", name);
    }
}
