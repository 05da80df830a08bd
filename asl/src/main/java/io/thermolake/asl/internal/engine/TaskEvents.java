package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;
import static io.thermolake.asl.internal.engine.Details.putInput;
import static io.thermolake.asl.internal.engine.Details.putOutput;
import static io.thermolake.asl.internal.engine.Details.reason;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.state.TaskResource;
import io.thermolake.asl.internal.value.StatesError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of one attempt of a Task, each in the family of its resource. */
final class TaskEvents {
    private final TaskResource resource;
    private final Trail trail;
    private final @Nullable String region;

    /** @param region the machine's, which an integration's first event names; null where it is not known */
    TaskEvents(TaskResource resource, Trail trail, @Nullable String region) {
        this.resource = resource;
        this.trail = trail;
        this.region = region;
    }

    void scheduled(TaskCall call) {
        Map<String, @Nullable Object> details = resource.named();
        if (resource.family() == TaskResource.Family.INTEGRATION) {
            if (region != null) {
                details.put("region", region);
            }
            details.put("parameters", call.text());
        } else {
            details.put("resource", resource.arn());
            putInput(details, call.text());
        }
        if (call.timeout() != null) {
            details.put("timeoutInSeconds", call.timeout().toSeconds());
        }
        if (call.heartbeat() != null) {
            details.put("heartbeatInSeconds", call.heartbeat().toSeconds());
        }
        if (call.credentials() != null) {
            details.put(
                    "taskCredentials",
                    details("roleArn", Json.object(call.credentials()).get("RoleArn")));
        }
        add("Scheduled", details);
    }

    /** @param worker of an activity; null for the other families */
    void started(@Nullable String worker) {
        Map<String, @Nullable Object> details = resource.named();
        if (worker != null) {
            details.put("workerName", worker);
        }
        add("Started", details);
    }

    /** @param answer as JSON */
    void submitted(String answer) {
        withOutput("Submitted", answer);
    }

    /** @param result as JSON */
    void succeeded(String result) {
        withOutput("Succeeded", result);
    }

    private void withOutput(String what, String json) {
        Map<String, @Nullable Object> details = resource.named();
        putOutput(details, json);
        add(what, details);
    }

    void failed(StatesError error) {
        add("Failed", reason(resource.named(), error.error, error.cause));
    }

    void timedOut() {
        add("TimedOut", reason(resource.named(), StatesError.TIMEOUT, null));
    }

    private void add(String what, Map<String, @Nullable Object> details) {
        trail.add(resource.family().event(what), resource.family().details(what), details);
    }
}
