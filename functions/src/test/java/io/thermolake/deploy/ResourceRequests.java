package io.thermolake.deploy;

import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import com.google.gson.JsonObject;
import io.thermolake.RecordJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests as CloudFormation sends them. */
final class ResourceRequests {
    private ResourceRequests() {}

    static CloudFormationCustomResourceEvent event(
            String request, String type, @Nullable String physicalId, Map<String, String> properties) {
        JsonObject json = new JsonObject();
        json.addProperty("RequestType", request);
        json.addProperty("ResponseURL", "https://answer/");
        json.addProperty("StackId", "stack");
        json.addProperty("RequestId", "request");
        json.addProperty("ResourceType", type);
        json.addProperty("LogicalResourceId", "It");
        if (physicalId != null) {
            json.addProperty("PhysicalResourceId", physicalId);
        }
        json.add("ResourceProperties", RecordJson.gson().toJsonTree(properties));
        return new RecordJson().fromJson(json.toString(), CloudFormationCustomResourceEvent.class);
    }
}
