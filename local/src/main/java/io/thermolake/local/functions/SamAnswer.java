package io.thermolake.local.functions;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * What sam local's answer to an invocation means. The error names are those that Step Functions gives on AWS, so the same
 * retriers and catchers match.
 */
record SamAnswer(URI endpoint, String function, String requestId, int seconds) {
    private static final Set<String> ERROR = Set.of("errorMessage", "errorType", "stackTrace", "cause");
    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();
    private static final String TIMED_OUT = "Task timed out after ";

    /** @param functionError whether the answer has the header that tells so */
    Invocation of(int status, boolean functionError, String body, Duration took) {
        if (status == 404) {
            return Invocation.failed(
                    "Lambda.ResourceNotFoundException",
                    "%s does not know the function %s; is it started on this template, built by sam build? %s"
                            .formatted(endpoint, function, body.strip()));
        }
        if (status != 200) {
            // Its timer stops the container under the request, which then fails like any other accident in there.
            return took.toSeconds() >= seconds
                    ? Invocation.timedOut(requestId, seconds)
                    : Invocation.failed(
                            "Lambda.ServiceException",
                            "%s answered %s with status %d, its own log says why: %s"
                                    .formatted(endpoint, function, status, body.strip()));
        }
        // Gson would take an empty text for null.
        if (body.isBlank()) {
            return Invocation.failed(
                    "Lambda.Unknown", "%s answered %s with nothing: its container ended".formatted(endpoint, function));
        }
        // The runtime's emulator says this with status 200, as text, and without the header.
        if (body.startsWith(TIMED_OUT)) {
            return Invocation.timedOut(requestId, seconds);
        }
        JsonElement payload;
        try {
            payload = GSON.fromJson(body, JsonElement.class);
        } catch (JsonParseException e) {
            return Invocation.failed(
                    "Lambda.Unknown", "%s answered %s with no JSON: %s".formatted(endpoint, function, body.strip()));
        }
        return functionError || isError(payload) ? error(payload) : new Invocation(payload, null);
    }

    Invocation of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)
                ? Invocation.timedOut(requestId, seconds)
                : Invocation.failed(
                        "Lambda.SdkClientException",
                        "Invoking %s at %s failed: %s. Is sam local start-lambda still running?"
                                .formatted(function, endpoint, cause));
    }

    /** sam sets the header by the shape, too, and its versions differ in the shapes that they know. */
    private static boolean isError(JsonElement payload) {
        return payload instanceof JsonObject object
                && object.has("errorMessage")
                && object.has("errorType")
                && ERROR.containsAll(object.keySet());
    }

    private static Invocation error(JsonElement payload) {
        return payload instanceof JsonObject object && object.get("errorType") instanceof JsonPrimitive type
                ? new Invocation(payload, type.getAsString())
                : new Invocation(payload, "Lambda.Unknown");
    }
}
