package io.thermolake.asl.internal.definition;

import io.thermolake.asl.internal.state.Delay;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.state.TaskResource;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.Value;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles a Task. */
final class TaskParser {
    private static final Set<String> PATTERNS = Set.of("sync", "sync:2", "waitForTaskToken");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^${}]+}");

    private final boolean express;

    TaskParser(boolean express) {
        this.express = express;
    }

    State task(State.Common common, Fields fields) {
        fields.required("Resource");
        String resource = fields.text("Resource");
        if (resource != null) {
            resource(resource, fields);
        }
        NumberField timeout = fields.number("TimeoutSeconds", 1, Delay.LONGEST_SECONDS);
        NumberField heartbeat = fields.number("HeartbeatSeconds", 1, Delay.LONGEST_SECONDS);
        if (fields.get("TimeoutSeconds") instanceof Number whole
                && fields.get("HeartbeatSeconds") instanceof Number beat
                && beat.doubleValue() >= whole.doubleValue()) {
            fields.problem("HeartbeatSeconds must be smaller than TimeoutSeconds", "HeartbeatSeconds");
        }
        return new State.Task(
                common, resource == null ? "" : resource, timeout, heartbeat, credentials(resource, fields));
    }

    private void resource(String resource, Fields fields) {
        if (PLACEHOLDER.matcher(resource).replaceAll("").contains("${")) {
            fields.problem(
                    "Value is not a valid resource ARN: a placeholder begins with '${' and is not closed by '}'",
                    "Resource");
            return;
        }
        if (PLACEHOLDER.matcher(resource).find()) {
            // A template's; what it stands for is not known yet.
            return;
        }
        if (!resource.startsWith("arn:")) {
            fields.problem("Value is not a valid resource ARN", "Resource");
            return;
        }
        TaskResource task = TaskResource.of(resource);
        int dot = task.action().indexOf('.');
        boolean recognized = task.family() == TaskResource.Family.INTEGRATION
                ? task.type().indexOf('.') < 0
                        && Integrations.has(
                                task.type(),
                                dot < 0 ? task.action() : task.action().substring(0, dot))
                        && (dot < 0 || PATTERNS.contains(task.action().substring(dot + 1)))
                : task.family() == TaskResource.Family.ACTIVITY || !resource.matches("arn:[^:]*:states:.*");
        if (!recognized) {
            fields.problem("The resource provided " + resource + " is not recognized", "Resource");
        }
        if (express) {
            express(task, fields);
        }
    }

    private static void express(TaskResource task, Fields fields) {
        if (task.isSync()) {
            fields.problem("Express state machine does not support '.sync' service integration", "Resource");
        } else if (task.waitsForToken()) {
            // The blank at the end is AWS's.
            fields.problem(
                    "Express state machine does not support '.waitForTaskToken' service integration ", "Resource");
        } else if (task.family() == TaskResource.Family.ACTIVITY) {
            fields.problem("Express state machine does not support Activity ARN", "Resource");
        }
    }

    private static @Nullable Value credentials(@Nullable String resource, Fields fields) {
        if (!fields.has("Credentials")) {
            return null;
        }
        if (resource != null && TaskResource.of(resource).family() == TaskResource.Family.ACTIVITY) {
            fields.problem("The field 'Credentials' is not supported for activities", "Credentials");
        }
        if (!fields.isExpression("Credentials")) {
            Fields credentials = fields.object("Credentials");
            if (fields.isObject("Credentials")
                    && !credentials.has("RoleArn")
                    && (fields.jsonata() || !credentials.has("RoleArn.$"))) {
                fields.problem("The field 'RoleArn' is required but was missing", "Credentials");
            }
        }
        return fields.template("Credentials");
    }
}
