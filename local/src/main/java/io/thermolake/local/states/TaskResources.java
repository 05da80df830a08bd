package io.thermolake.local.states;

import com.google.gson.JsonElement;
import io.thermolake.asl.Json;
import io.thermolake.asl.Resources;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskHandler;
import io.thermolake.asl.TaskRequest;
import io.thermolake.local.cloud.AwsJson;
import io.thermolake.local.cloud.CallLog;
import io.thermolake.local.functions.LambdaService;
import io.thermolake.local.sns.SnsService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The resources that a Task may name on the laptop, and what AWS's integrations make of their answers and errors. */
final class TaskResources implements Resources {
    private static final String INTEGRATION = "arn:aws:states:::";
    private static final String AWS_SDK = INTEGRATION + "aws-sdk:";
    private static final long POLL_MILLIS = 100;
    /** Service of an aws-sdk task to the prefix of its AWS JSON target. */
    private static final Map<String, String> PREFIXES = Map.of(
            "glue", "AWSGlue",
            "athena", "AmazonAthena",
            "sagemaker", "SageMaker",
            "sfn", "AWSStepFunctions",
            "firehose", "Firehose_20150804",
            "secretsmanager", "secretsmanager");

    private final LambdaService lambda;
    private final SnsService sns;
    private final AwsJson json;
    private final ScheduledExecutorService poller;
    private final BiFunction<Map<String, Object>, TaskRequest, CompletionStage<?>> startExecution;

    TaskResources(
            LambdaService lambda,
            SnsService sns,
            AwsJson json,
            ScheduledExecutorService poller,
            BiFunction<Map<String, Object>, TaskRequest, CompletionStage<?>> startExecution) {
        this.lambda = lambda;
        this.sns = sns;
        this.json = json;
        this.poller = poller;
        this.startExecution = startExecution;
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
        return switch (resource.substring(Math.min(INTEGRATION.length(), resource.length()))) {
            case "lambda:invoke" ->
                request -> invoke(
                        String.valueOf(arguments(request).get("FunctionName")),
                        arguments(request).get("Payload"),
                        true);
            case "states:startExecution.sync:2" -> request -> startExecution.apply(arguments(request), request);
            case "glue:startJobRun.sync" -> this::jobRun;
            case "sns:publish" -> this::publish;
            default -> null;
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> arguments(TaskRequest request) {
        return request.arguments() instanceof Map<?, ?> ? (Map<String, Object>) request.arguments() : Map.of();
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
        return CompletableFuture.completedFuture(Map.of(
                "MessageId",
                sns.publish(
                        String.valueOf(arguments.get("TopicArn")),
                        String.valueOf(arguments.getOrDefault("Subject", "")),
                        String.valueOf(arguments.get("Message")))));
    }

    private CompletionStage<?> sdk(TaskRequest request) {
        String[] parts = request.resource().substring(AWS_SDK.length()).split(":");
        return CompletableFuture.completedFuture(call(parts[0], parts[1], arguments(request)));
    }

    private Map<String, Object> call(String service, String operation, Map<String, Object> arguments) {
        String prefix = PREFIXES.get(service);
        String name = Character.toUpperCase(service.charAt(0)) + service.substring(1);
        try {
            if (prefix == null) {
                throw new UnsupportedOperationException(service);
            }
            return json.call(prefix, operation, arguments);
        } catch (AwsServiceException e) {
            throw new TaskException(name + "." + e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
        } catch (UnsupportedOperationException e) {
            throw new TaskException(
                    "States.Runtime", "The laptop cloud does not implement " + service + ":" + operation);
        } catch (Exception e) {
            throw new TaskException(name + ".InternalFailure", e.toString());
        }
    }

    /** Starts the job and answers when it is over; only SUCCEEDED is success. */
    private CompletionStage<?> jobRun(TaskRequest request) {
        Map<String, Object> arguments = arguments(request);
        Object id = call("glue", "startJobRun", arguments).get("JobRunId");
        Object job = arguments.get("JobName");
        CompletableFuture<Object> answer = new CompletableFuture<>();
        request.cancelled().thenRun(() -> {
            answer.cancel(false);
            call("glue", "batchStopJobRun", Map.of("JobName", job, "JobRunIds", java.util.List.of(id)));
        });
        poll(Map.of("JobName", job, "RunId", id), answer);
        return answer;
    }

    private void poll(Map<String, Object> run, CompletableFuture<Object> answer) {
        if (answer.isDone()) {
            return;
        }
        try {
            Map<?, ?> state = call("glue", "getJobRun", run).get("JobRun") instanceof Map<?, ?> map ? map : Map.of();
            switch (String.valueOf(state.get("JobRunState"))) {
                case "SUCCEEDED" -> answer.complete(state);
                case "FAILED", "ERROR", "TIMEOUT", "STOPPED", "EXPIRED" ->
                    answer.completeExceptionally(new TaskException("States.TaskFailed", Json.text(Json.normal(state))));
                default -> poller.schedule(() -> poll(run, answer), POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }
}
