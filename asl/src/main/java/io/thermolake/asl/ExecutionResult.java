package io.thermolake.asl;

import org.jspecify.annotations.Nullable;

/** How an execution ended. */
public sealed interface ExecutionResult {
    record Succeeded(@Nullable Object output) implements ExecutionResult {}

    record Failed(@Nullable String error, @Nullable String cause) implements ExecutionResult {}

    /** The machine's TimeoutSeconds; AWS gives neither error nor cause. */
    record TimedOut() implements ExecutionResult {}

    record Aborted(@Nullable String error, @Nullable String cause) implements ExecutionResult {}

    /** AWS's ExecutionStatus. */
    default String status() {
        if (this instanceof Succeeded) {
            return "SUCCEEDED";
        }
        if (this instanceof Failed) {
            return "FAILED";
        }
        return this instanceof TimedOut ? "TIMED_OUT" : "ABORTED";
    }
}
