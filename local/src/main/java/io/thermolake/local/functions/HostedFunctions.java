package io.thermolake.local.functions;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.thermolake.local.aws.CloudContext;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackResource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Functions in JVMs of this machine, each in the host of its environment and memory size. */
final class HostedFunctions implements FunctionRunner, AutoCloseable {
    private record HostKey(Map<String, String> environment, int memory) {}

    private final CloudContext context;
    private final Map<HostKey, FunctionHost> hosts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread thread = new Thread(r, "lambda-timeouts");
        thread.setDaemon(true);
        return thread;
    });

    HostedFunctions(CloudContext context) {
        this.context = context;
    }

    @Override
    public CompletableFuture<Invocation> invoke(StackResource function, JsonElement event) {
        FunctionSettings settings = FunctionSettings.of(function);
        FunctionHost host = hosts.computeIfAbsent(
                new HostKey(environment(settings), settings.memory()),
                key -> new FunctionHost(
                        context.home(),
                        key.environment(),
                        key.memory(),
                        context.folder().logs().resolve("functions.log"),
                        context.scratch().temporary("functions")));
        String id = UUID.randomUUID().toString();
        JsonObject invocation = new JsonObject();
        invocation.addProperty("id", id);
        invocation.addProperty("handler", String.valueOf(function.properties().get("Handler")));
        invocation.addProperty("function", function.physicalId());
        invocation.addProperty("memory", settings.memory());
        invocation.addProperty("timeoutMillis", settings.seconds() * 1000L);
        invocation.add("event", event);
        CompletableFuture<Invocation> result = new CompletableFuture<>();
        ScheduledFuture<?> timeout = timeouts.schedule(
                () -> {
                    if (result.complete(Invocation.timedOut(id, settings.seconds()))) {
                        host.kill();
                    }
                },
                settings.seconds(),
                TimeUnit.SECONDS);
        host.invoke(invocation).whenComplete((answer, failure) -> {
            timeout.cancel(false);
            result.complete(
                    failure == null
                            ? answered(answer, settings.memory())
                            : Invocation.failed("Lambda.Unknown", String.valueOf(failure.getMessage())));
        });
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

    private Map<String, String> environment(FunctionSettings settings) {
        Map<String, String> environment = new TreeMap<>(settings.variables());
        environment.put("AWS_ENDPOINT_URL", context.endpoint().get().toString());
        environment.put("AWS_REGION", Stack.REGION);
        environment.put("AWS_ACCESS_KEY_ID", FolderKey.ID);
        environment.put("AWS_SECRET_ACCESS_KEY", context.key().secret());
        return environment;
    }

    @Override
    public void close() {
        timeouts.shutdownNow();
        hosts.values().forEach(FunctionHost::close);
    }
}
