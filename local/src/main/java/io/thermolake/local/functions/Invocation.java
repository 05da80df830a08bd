package io.thermolake.local.functions;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How an invocation ended.
 *
 * @param payload the answer, or the error's object
 * @param errorType null when all is well; else the exception's class name, or a name of Lambda's such as Sandbox.Timedout
 */
public record Invocation(JsonElement payload, @Nullable String errorType) {
    static Invocation failed(String type, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("errorMessage", message);
        error.addProperty("errorType", type);
        return new Invocation(error, type);
    }

    static Invocation timedOut(String requestId, int seconds) {
        return failed(
                "Sandbox.Timedout",
                "RequestId: %s Error: Task timed out after %d.00 seconds".formatted(requestId, seconds));
    }
}
