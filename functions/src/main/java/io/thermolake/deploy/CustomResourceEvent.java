package io.thermolake.deploy;

import com.google.gson.annotations.SerializedName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What CloudFormation sends for a custom resource ("Custom resource request objects" of its user guide).
 *
 * @param requestType Create, Update or Delete
 * @param responseUrl pre-signed; CloudFormation waits until something is put there
 * @param physicalResourceId null on Create
 * @param properties as the template gives them, numbers as text
 */
public record CustomResourceEvent(
        @SerializedName("RequestType") String requestType,
        @SerializedName("ResponseURL") String responseUrl,
        @SerializedName("StackId") String stackId,
        @SerializedName("RequestId") String requestId,
        @SerializedName("ResourceType") String resourceType,
        @SerializedName("LogicalResourceId") String logicalResourceId,
        @SerializedName("PhysicalResourceId") @Nullable String physicalResourceId,
        @SerializedName("ResourceProperties") Map<String, String> properties) {

    /**
     * @throws IllegalArgumentException naming the property that the template does not give
     * @throws IllegalStateException when the resource is not listed to read it: whoever looks at the list, as the template's
     *     checks do, would not know of it
     */
    String property(String name) {
        if (!CustomResource.of(resourceType).properties().contains(name)) {
            throw new IllegalStateException(
                    "%s reads the property %s, which is none of its own; list it there".formatted(resourceType, name));
        }
        String value = properties == null ? null : properties.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "The resource %s needs the property %s".formatted(logicalResourceId, name));
        }
        return value;
    }

    boolean deletes() {
        return requestType.equals("Delete");
    }
}
