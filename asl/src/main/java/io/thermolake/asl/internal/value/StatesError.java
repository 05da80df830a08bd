package io.thermolake.asl.internal.value;

import io.thermolake.asl.internal.path.PathException;
import org.jspecify.annotations.Nullable;

/**
 * An error inside an execution, as Retry and Catch see it: a name and, mostly, a cause. Where AWS gives none, they are
 * null, and not the same as empty.
 */
public final class StatesError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    public static final String ALL = "States.ALL";
    public static final String TASK_FAILED = "States.TaskFailed";
    public static final String TIMEOUT = "States.Timeout";
    public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
    public static final String RUNTIME = "States.Runtime";
    public static final String DATA_LIMIT = "States.DataLimitExceeded";
    static final String QUERY = "States.QueryEvaluationError";
    static final String INTRINSIC = "States.IntrinsicFailure";
    static final String RESULT_PATH = "States.ResultPathMatchFailure";
    public static final String ITEM_READER = "States.ItemReaderFailed";
    public static final String RESULT_WRITER = "States.ResultWriterFailed";
    public static final String TOLERATED = "States.ExceedToleratedFailureThreshold";

    /** Where an error comes from decides what is recorded of it. */
    public enum Origin {
        /** A task's own, or a Fail state's: passed on as it is. */
        GIVEN,
        /** The engine's: its cause gets the state's name in front. */
        STATE,
        /** A JSONata expression's: besides, an EvaluationFailed event. */
        EVALUATION
    }

    public final @Nullable String error;
    public final @Nullable String cause;
    public final Origin origin;
    /** The field whose expression failed, or null. */
    public final @Nullable String location;

    private final boolean heartbeat;

    private StatesError(
            @Nullable String error,
            @Nullable String cause,
            Origin origin,
            @Nullable String location,
            boolean heartbeat) {
        super(error + (cause == null ? "" : ": " + cause), null, false, false);
        this.error = error;
        this.cause = cause;
        this.origin = origin;
        this.location = location;
        this.heartbeat = heartbeat;
    }

    /** An error as a task or a Fail state gives it. */
    public static StatesError given(@Nullable String error, @Nullable String cause) {
        return new StatesError(error, cause, Origin.GIVEN, null, false);
    }

    /** An error of the engine's in the state at hand. */
    static StatesError state(String error, String cause) {
        return new StatesError(error, cause, Origin.STATE, null, false);
    }

    public static StatesError runtime(String cause) {
        return state(RUNTIME, cause);
    }

    /** A JSONata expression failed in a field. */
    public static StatesError evaluation(String cause, @Nullable String location) {
        return new StatesError(QUERY, cause, Origin.EVALUATION, location, false);
    }

    /** A path that failed, with the words that AWS has for the field. */
    public static StatesError path(PathException e, String cause) {
        return switch (e.kind()) {
            case NOT_FOUND -> runtime(cause);
            case INTRINSIC -> state(INTRINSIC, cause);
            case NO_PLACE -> state(RESULT_PATH, cause);
        };
    }

    /** A task's TimeoutSeconds or HeartbeatSeconds ran out: AWS names both States.Timeout, and gives no cause. */
    public static StatesError timeout(boolean heartbeat) {
        return new StatesError(TIMEOUT, null, Origin.GIVEN, null, heartbeat);
    }

    /** A distributed Map whose failed children are more than it tolerates. */
    public static StatesError tooManyFailed() {
        return given(TOLERATED, "The specified tolerated failure threshold was exceeded");
    }

    /** The error as the outside sees it: the engine's own say first in which state, at which event. */
    public StatesError in(String state, long enteredEventId) {
        return origin == Origin.GIVEN
                ? this
                : new StatesError(
                        error,
                        "An error occurred while executing the state '" + state + "' (entered at the event id #"
                                + enteredEventId + "). " + cause,
                        Origin.GIVEN,
                        location,
                        heartbeat);
    }

    /** Nothing handles it: it ends the execution, whatever Retry and Catch say. */
    public boolean isFatal() {
        return RUNTIME.equals(error);
    }

    /**
     * Whether a retrier's or catcher's name matches. {@code States.ALL} matches all but {@code States.Runtime}; {@code
     * States.TaskFailed} all but that and {@code States.Timeout} ("Handling errors in Step Functions workflows"). The
     * guide says that {@code States.ALL} leaves out {@code States.DataLimitExceeded}, too; AWS's own recordings show it
     * caught.
     */
    public boolean matches(String name) {
        if (isFatal()) {
            return false;
        }
        return name.equals(error)
                || name.equals(ALL)
                || (heartbeat && name.equals(HEARTBEAT_TIMEOUT))
                || (name.equals(TASK_FAILED) && !TIMEOUT.equals(error));
    }
}
