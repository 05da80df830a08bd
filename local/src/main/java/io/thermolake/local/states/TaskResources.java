package io.thermolake.local.states;

import com.google.gson.JsonElement;
import io.thermolake.asl.Json;
import io.thermolake.asl.Resources;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskHandler;
import io.thermolake.asl.TaskRequest;
import io.thermolake.local.aws.CallLog;
import io.thermolake.local.functions.LambdaService;
import io.thermolake.local.sns.SnsService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The resources that a Task may name on the laptop, and what AWS's integrations make of their answers and errors. */
final class TaskResources implements Resources {
    private static final String INTEGRATION = "arn:aws:states:::";
    private static final String AWS_SDK = INTEGRATION + "aws-sdk:";

    private final LambdaService lambda;
    private final SnsService sns;
    private final SdkCalls calls;
    private final JobRunTask jobRuns;
    private final NestedRuns nested;
    private final Predicate<String> activities;
    private final Executor blocking;

    /**
     * @param activities whether there is an activity of the ARN
     * @param blocking runs calls that may take their time: a lane of the engine must not wait for them
     */
    TaskResources(
            LambdaService lambda,
            SnsService sns,
            SdkCalls calls,
            JobRunTask jobRuns,
            NestedRuns nested,
            Predicate<String> activities,
            Executor blocking) {
        this.lambda = lambda;
        this.sns = sns;
        this.calls = calls;
        this.jobRuns = jobRuns;
        this.nested = nested;
        this.activities = activities;
        this.blocking = blocking;
    }

    @Override
    public @Nullable TaskHandler find(String resource) {
        TaskHandler handler = handler(resource);
        return handler == null || CallLog.file() == null
                ? handler
                : request -> {
                    CallLog.task(
                            String.valueOf(Json.object(request.context().get("StateMachine"))
                                    .get("Name")),
                            request.stateName(),
                            resource,
                            request.arguments());
                    return handler.start(request);
                };
    }

    private @Nullable TaskHandler handler(String resource) {
        if (resource.startsWith("arn:aws:lambda:")) {
            return request -> invoke(resource, request.arguments(), false);
        }
        if (resource.startsWith(AWS_SDK)) {
            return this::sdk;
        }
        if (resource.contains(":activity:")) {
            // Null leaves the task to the activity's workers.
            return activities.test(resource) ? null : request -> noActivity(resource);
        }
        return resource.startsWith(INTEGRATION) ? integration(resource.substring(INTEGRATION.length())) : null;
    }

    private @Nullable TaskHandler integration(String name) {
        // Where a task waits for its token, the engine takes the answer as "submitted" only.
        return switch (name) {
            case "lambda:invoke", "lambda:invoke.waitForTaskToken" ->
                request -> invoke(
                        String.valueOf(arguments(request).get("FunctionName")),
                        arguments(request).get("Payload"),
                        true);
            case "states:startExecution", "states:startExecution.waitForTaskToken" -> nested::start;
            case "states:startExecution.sync" -> request -> nested.sync(request, false);
            case "states:startExecution.sync:2" -> request -> nested.sync(request, true);
            case "glue:startJobRun" -> request -> call("glue", "startJobRun", request, "Glue");
            case "glue:startJobRun.sync" -> jobRuns::run;
            case "athena:startQueryExecution",
                    "athena:stopQueryExecution",
                    "athena:getQueryExecution",
                    "athena:getQueryResults" ->
                request -> call("athena", name.substring("athena:".length()), request, "Athena");
            case "sns:publish", "sns:publish.waitForTaskToken" -> this::publish;
            default -> null;
        };
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> arguments(TaskRequest request) {
        return request.arguments() instanceof Map<?, ?> ? (Map<String, Object>) request.arguments() : Map.of();
    }

    private static CompletionStage<?> noActivity(String arn) {
        return CompletableFuture.failedFuture(new TaskException(
                "StepFunctions.ActivityDoesNotExistException", "Activity Does Not Exist: '" + arn + "'"));
    }

    private CompletionStage<?> invoke(String function, @Nullable Object payload, boolean integration) {
        JsonElement event = com.google.gson.JsonParser.parseString(Json.text(payload));
        return lambda.invoke(function, event).thenApply(invocation -> {
            String text = invocation.payload().toString();
            if (invocation.errorType() != null) {
                throw new TaskException(invocation.errorType(), text);
            }
            Object answer = Json.parse(text);
            if (!integration) {
                return answer;
            }
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("ExecutedVersion", "$LATEST");
            if (answer != null) {
                result.put("Payload", answer);
            }
            result.put("StatusCode", 200L);
            return result;
        });
    }

    private CompletionStage<?> publish(TaskRequest request) {
        Map<String, Object> arguments = arguments(request);
        Object message = arguments.get("Message");
        return CompletableFuture.completedFuture(Map.of(
                "MessageId",
                sns.publish(
                        String.valueOf(arguments.get("TopicArn")),
                        String.valueOf(arguments.getOrDefault("Subject", "")),
                        message instanceof Map<?, ?> ? Json.text(message) : String.valueOf(message))));
    }

    private CompletionStage<?> sdk(TaskRequest request) {
        String[] parts = request.resource().substring(AWS_SDK.length()).split(":");
        if (parts.length != 2 || parts[1].contains(".")) {
            return CompletableFuture.failedFuture(
                    new TaskException("States.Runtime", "The laptop cloud does not implement " + request.resource()));
        }
        return CompletableFuture.supplyAsync(() -> calls.call(parts[0], parts[1], arguments(request)), blocking);
    }

    private CompletionStage<?> call(String service, String operation, TaskRequest request, String family) {
        return CompletableFuture.supplyAsync(
                () -> calls.call(service, operation, arguments(request), family), blocking);
    }
}
