package io.thermolake.asl;

/** Fails a task with an error name that Retry and Catch can match, and a cause. */
public final class TaskException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String error;
    private final String cause;

    /** @param error for example {@code Glue.EntityNotFoundException}; @param cause for people */
    public TaskException(String error, String cause) {
        super(error + ": " + cause);
        this.error = error;
        this.cause = cause;
    }

    public String error() {
        return error;
    }

    /** The cause's text; {@link #getCause()} is Java's. */
    public String causeText() {
        return cause;
    }
}
