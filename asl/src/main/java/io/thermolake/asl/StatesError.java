package io.thermolake.asl;

import org.jspecify.annotations.Nullable;

/** An error inside an execution, as Retry and Catch see it: a name and, mostly, a cause. */
final class StatesError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final String ALL = "States.ALL";
    static final String TASK_FAILED = "States.TaskFailed";
    static final String TIMEOUT = "States.Timeout";
    static final String RUNTIME = "States.Runtime";
    static final String DATA_LIMIT = "States.DataLimitExceeded";
    static final String QUERY = "States.QueryEvaluationError";
    static final String NO_CHOICE = "States.NoChoiceMatched";

    final String error;
    final @Nullable String cause;
    /** The field whose expression failed, or null. */
    final @Nullable String location;

    StatesError(String error, @Nullable String cause) {
        this(error, cause, null);
    }

    StatesError(String error, @Nullable String cause, @Nullable String location) {
        super(error + (cause == null ? "" : ": " + cause), null, false, false);
        this.error = error;
        this.cause = cause;
        this.location = location;
    }

    /**
     * Whether a retrier's or catcher's name matches. {@code States.ALL} leaves out what no handler can mend; {@code
     * States.TaskFailed} is every task's error but a timeout.
     */
    boolean matches(String name, boolean fromTask) {
        if (name.equals(error)) {
            return true;
        }
        if (error.equals(DATA_LIMIT) || error.equals(RUNTIME)) {
            return false;
        }
        return name.equals(ALL) || (name.equals(TASK_FAILED) && fromTask && !error.equals(TIMEOUT));
    }
}
