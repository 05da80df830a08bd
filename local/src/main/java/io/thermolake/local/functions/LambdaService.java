package io.thermolake.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.thermolake.local.cloud.CloudContext;
import io.thermolake.local.cloud.Rest;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackResource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lambda: the template's functions, each in the host of its environment and memory size. */
public final class LambdaService implements Rest, AutoCloseable {
    /**
     * How an invocation ended.
     *
     * @param payload the answer, or the error's object
     * @param errorType null when all is well; else the exception's class name, or Sandbox.Timedout, or Lambda.Unknown
     */
    public record Invocation(JsonElement payload, @Nullable String errorType) {}

    private record HostKey(Map<String, String> environment, int memory) {}

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
    private static final int DEFAULT_TIMEOUT_SECONDS = 3;
    private static final int DEFAULT_MEMORY = 128;

    private final CloudContext context;
    private final Map<String, StackResource> functions = new LinkedHashMap<>();
    private final Map<HostKey, FunctionHost> hosts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread thread = new Thread(r, "lambda-timeouts");
        thread.setDaemon(true);
        return thread;
    });

    public LambdaService(CloudContext context) {
        this.context = context;
        context.stack().ofType("AWS::Serverless::Function").forEach(f -> functions.put(f.physicalId(), f));
    }

    /** @param nameOrArn of a function, a version or alias behind it allowed */
    public boolean has(String nameOrArn) {
        return functions.containsKey(name(nameOrArn));
    }

    private static String name(String nameOrArn) {
        String[] parts = nameOrArn.split(":");
        return parts.length >= 7 ? parts[6] : parts[0];
    }

    /**
     * Invokes a function; the future never fails.
     *
     * @param event the request's JSON
     */
    public CompletableFuture<Invocation> invoke(String nameOrArn, JsonElement event) {
        StackResource function = functions.get(name(nameOrArn));
        if (function == null) {
            return CompletableFuture.completedFuture(
                    failed("Lambda.ResourceNotFoundException", "Function not found: " + nameOrArn));
        }
        int memory = number(function, "MemorySize", DEFAULT_MEMORY);
        int seconds = number(function, "Timeout", DEFAULT_TIMEOUT_SECONDS);
        FunctionHost host = hosts.computeIfAbsent(
                new HostKey(environment(function), memory),
                key -> new FunctionHost(
                        context.home(),
                        key.environment(),
                        key.memory(),
                        context.folder().logs().resolve("functions.log")));
        JsonObject invocation = new JsonObject();
        invocation.addProperty("id", UUID.randomUUID().toString());
        invocation.addProperty("handler", String.valueOf(function.properties().get("Handler")));
        invocation.addProperty("function", function.physicalId());
        invocation.addProperty("memory", memory);
        invocation.addProperty("timeoutMillis", seconds * 1000L);
        invocation.add("event", event);
        CompletableFuture<Invocation> result = new CompletableFuture<>();
        ScheduledFuture<?> timeout = timeouts.schedule(
                () -> {
                    if (result.complete(failed(
                            "Sandbox.Timedout",
                            "RequestId: %s Error: Task timed out after %d.00 seconds"
                                    .formatted(invocation.get("id").getAsString(), seconds)))) {
                        host.kill();
                    }
                },
                seconds,
                TimeUnit.SECONDS);
        host.invoke(invocation).whenComplete((answer, failure) -> {
            timeout.cancel(false);
            result.complete(
                    failure == null
                            ? answered(answer, memory)
                            : failed("Lambda.Unknown", String.valueOf(failure.getMessage())));
        });
        context.meter().add("Lambda", "request", 1);
        return result;
    }

    private Invocation answered(JsonObject answer, int memory) {
        context.meter()
                .add(
                        "Lambda",
                        "GB-second",
                        memory / 1024.0 * answer.get("millis").getAsLong() / 1000.0);
        if (answer.has("error")) {
            JsonObject error = answer.getAsJsonObject("error");
            return new Invocation(error, error.get("errorType").getAsString());
        }
        return new Invocation(answer.get("payload"), null);
    }

    private static Invocation failed(String type, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("errorMessage", message);
        error.addProperty("errorType", type);
        return new Invocation(error, type);
    }

    private static int number(StackResource function, String property, int otherwise) {
        Object value = function.properties().get(property);
        return value == null ? otherwise : Integer.parseInt(value.toString());
    }

    private Map<String, String> environment(StackResource function) {
        Map<String, String> environment = new TreeMap<>();
        if (function.properties().get("Environment") instanceof Map<?, ?> declared
                && declared.get("Variables") instanceof Map<?, ?> variables) {
            variables.forEach((name, value) -> environment.put(name.toString(), value.toString()));
        }
        environment.put("AWS_ENDPOINT_URL", context.endpoint().get().toString());
        environment.put("AWS_REGION", Stack.REGION);
        environment.put("AWS_ACCESS_KEY_ID", "laptop");
        environment.put("AWS_SECRET_ACCESS_KEY", "laptop");
        return environment;
    }

    /** POST /2015-03-31/functions/NAME/invocations, as the SDK's Invoke sends it. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String[] path = request.getRequestURI().split("/");
        if (path.length < 5
                || !path[path.length - 1].equals("invocations")
                || !request.getMethod().equals("POST")) {
            send(response, 501, "{\"message\":\"The laptop cloud's Lambda knows Invoke only\"}");
            return;
        }
        String name = java.net.URLDecoder.decode(path[3], UTF_8);
        if (!has(name)) {
            response.setHeader("x-amzn-ErrorType", "ResourceNotFoundException");
            send(response, 404, "{\"Type\":\"User\",\"Message\":\"Function not found: " + name + "\"}");
            return;
        }
        String body = new String(request.getInputStream().readAllBytes(), UTF_8);
        CompletableFuture<Invocation> running =
                invoke(name, GSON.fromJson(body.isBlank() ? "{}" : body, JsonElement.class));
        if ("Event".equals(request.getHeader("X-Amz-Invocation-Type"))) {
            send(response, 202, "");
            return;
        }
        Invocation invocation = running.join();
        if (invocation.errorType() != null) {
            response.setHeader("X-Amz-Function-Error", "Unhandled");
        }
        send(response, 200, GSON.toJson(invocation.payload()));
    }

    private static void send(HttpServletResponse response, int status, String body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(body.getBytes(UTF_8));
    }

    @Override
    public void close() {
        timeouts.shutdownNow();
        hosts.values().forEach(FunctionHost::close);
    }
}
