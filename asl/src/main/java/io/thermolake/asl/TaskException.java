package io.thermolake.asl;

import org.jspecify.annotations.Nullable;

/** Fails a task with an error name that Retry and Catch can match, and a cause. */
public final class TaskException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final @Nullable String error;
    private final @Nullable String cause;

    /**
     * @param error for example {@code Glue.EntityNotFoundException}; null for none
     * @param cause for people; null for none
     */
    public TaskException(@Nullable String error, @Nullable String cause) {
        super(error + ": " + cause);
        this.error = error;
        this.cause = cause;
    }

    public @Nullable String error() {
        return error;
    }

    /** The cause's text; {@link #getCause()} is Java's. */
    public @Nullable String causeText() {
        return cause;
    }
}
