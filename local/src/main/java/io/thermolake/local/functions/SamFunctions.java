package io.thermolake.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import io.thermolake.local.aws.Meter;
import io.thermolake.local.stack.StackResource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Functions in the containers of a running {@code sam local start-lambda}. */
final class SamFunctions implements FunctionRunner {
    /** For a container's start, and for the invocations before this one: warm, each function has one container. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final URI endpoint;
    private final Meter meter;
    private final Duration patience;
    private final LongSupplier nanos;
    // sam's server speaks nothing newer.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    SamFunctions(URI endpoint, Meter meter) {
        this(endpoint, meter, PATIENCE, System::nanoTime);
    }

    SamFunctions(URI endpoint, Meter meter, Duration patience, LongSupplier nanos) {
        this.endpoint = endpoint;
        this.meter = meter;
        this.patience = patience;
        this.nanos = nanos;
    }

    @Override
    public CompletableFuture<Invocation> invoke(StackResource function, JsonElement event) {
        FunctionSettings settings = FunctionSettings.of(function);
        // sam knows a function by its logical id, one of a nested stack by the path to it.
        String name = function.logicalId().replace('.', '/');
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/2015-03-31/functions/" + name + "/invocations"))
                .timeout(Duration.ofSeconds(settings.seconds()).plus(patience))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event.toString(), UTF_8))
                .build();
        String id = UUID.randomUUID().toString();
        long begun = nanos.getAsLong();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString(UTF_8))
                .handle((response, failure) -> {
                    Duration took = Duration.ofNanos(nanos.getAsLong() - begun);
                    meter.add("Lambda", "GB-second", settings.memory() / 1024.0 * took.toMillis() / 1000.0);
                    SamAnswer answer = new SamAnswer(endpoint, name, id, settings.seconds());
                    return failure == null
                            ? answer.of(
                                    response.statusCode(),
                                    response.headers()
                                            .firstValue("x-amz-function-error")
                                            .isPresent(),
                                    response.body(),
                                    took)
                            : answer.of(failure);
                });
    }
}
