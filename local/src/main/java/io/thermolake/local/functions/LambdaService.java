package io.thermolake.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import io.thermolake.local.aws.CloudContext;
import io.thermolake.local.aws.Rest;
import io.thermolake.local.stack.StackResource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lambda: the template's functions, in this machine's hosts until it is told of a sam local. */
public final class LambdaService implements Rest, AutoCloseable {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    /** What a browser sends from any page without asking first. */
    private static final Set<String> FORMS =
            Set.of("text/plain", "multipart/form-data", "application/x-www-form-urlencoded");

    private final CloudContext context;
    private final Map<String, StackResource> functions = new LinkedHashMap<>();
    private final HostedFunctions hosted;
    private volatile FunctionRunner runner;

    public LambdaService(CloudContext context) {
        this.context = context;
        context.stack().ofType("AWS::Serverless::Function").forEach(f -> functions.put(f.physicalId(), f));
        hosted = new HostedFunctions(context);
        runner = hosted;
    }

    /** @param sam where a sam local start-lambda listens, which runs the functions from now on; null: the hosts do */
    public void runIn(@Nullable URI sam) {
        runner = sam == null ? hosted : new SamFunctions(sam, context.meter());
    }

    /** What the template gives to each function, by logical id; of nested stacks by the path, as sam local writes it. */
    public Map<String, Map<String, String>> variables() {
        Map<String, Map<String, String>> variables = new TreeMap<>();
        functions
                .values()
                .forEach(f -> variables.put(
                        f.logicalId().replace('.', '/'), FunctionSettings.of(f).variables()));
        return variables;
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
                    Invocation.failed("Lambda.ResourceNotFoundException", "Function not found: " + nameOrArn));
        }
        context.meter().add("Lambda", "request", 1);
        return runner.invoke(function, event);
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
        String type = request.getContentType();
        if (type != null
                && FORMS.stream().anyMatch(form -> type.toLowerCase(Locale.ROOT).startsWith(form))) {
            response.setHeader("x-amzn-ErrorType", "UnsupportedMediaTypeException");
            send(
                    response,
                    415,
                    "{\"Type\":\"User\",\"message\":\"The content type of the Invoke request body is not JSON\"}");
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
        hosted.close();
    }
}
