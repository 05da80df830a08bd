package io.thermolake.deploy;

import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import java.util.Map;
import java.util.TreeMap;

/** What CloudFormation asks of a custom resource ("Custom resource request objects" of its user guide). */
record ResourceRequest(CloudFormationCustomResourceEvent event) {
    /** @throws IllegalArgumentException when CloudFormation asks for a resource that is none of ours */
    CustomResource resource() {
        return CustomResource.of(event.getResourceType());
    }

    /** As the template gives them, numbers as text. */
    Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        if (event.getResourceProperties() != null) {
            event.getResourceProperties().forEach((name, value) -> properties.put(name, String.valueOf(value)));
        }
        return properties;
    }

    /**
     * @throws IllegalArgumentException naming the property that the template does not give
     * @throws IllegalStateException when the resource is not listed to read it: whoever looks at the list, as the template's
     *     checks do, would not know of it
     */
    String property(String name) {
        if (!resource().properties().contains(name)) {
            throw new IllegalStateException("%s reads the property %s, which is none of its own; list it there"
                    .formatted(event.getResourceType(), name));
        }
        String value = properties().get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "The resource %s needs the property %s".formatted(event.getLogicalResourceId(), name));
        }
        return value;
    }

    boolean deletes() {
        return event.getRequestType().equals("Delete");
    }
}
