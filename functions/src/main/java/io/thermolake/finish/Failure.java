package io.thermolake.finish;

import com.google.gson.JsonParseException;
import io.thermolake.RecordJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run's failure, as it is recorded and told.
 *
 * @param step where it failed
 * @param error the error's name
 * @param cause what a person reads of it
 * @param redrive the redrive count of the execution that failed
 */
public record Failure(String runId, String step, String error, String cause, int redrive) {
    /** The step of a failure that no Catch saw. */
    static final String NO_STEP = "the execution";

    /** Whether the pipeline's failure state recorded it, so that a redrive begins there. */
    boolean wasCaught() {
        return !step.equals(NO_STEP);
    }

    /**
     * A function's cause is a JSON object with a stack trace; its message is what a person reads. A step's name may stand
     * before it.
     */
    public static String readable(@Nullable String cause) {
        if (cause == null || cause.isBlank()) {
            return "no cause was given";
        }
        int object = cause.indexOf('{');
        if (object >= 0 && cause.contains("\"errorMessage\"")) {
            try {
                Map<?, ?> json = RecordJson.gson().fromJson(cause.substring(object), Map.class);
                Object message = json.get("errorMessage");
                if (message != null && message.toString().isBlank()) {
                    return cause.substring(0, object) + "%s without a message".formatted(json.get("errorType"));
                }
                if (message != null) {
                    return cause.substring(0, object) + message;
                }
            } catch (JsonParseException e) {
                // Not a function's cause, or more than one: told as it is.
            }
        }
        return cause;
    }

    /** What is told: what failed, why, and what to do next. */
    public String sentence() {
        return "Run %s failed at %s: %s: %s. Mend the cause, then redrive the execution or start a new run."
                .formatted(runId, step, error, cause);
    }
}
