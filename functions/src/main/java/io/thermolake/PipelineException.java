package io.thermolake;

/**
 * The root of the pipeline's own failures. A subclass's whole name is the error that an execution ends with: a state
 * machine may catch it, and a person reads it before the message. What a service refuses stays the SDK's own exception.
 */
public class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was being done, on what, what is wrong, and what to do next */
    public PipelineException(String message) {
        super(message);
    }

    /** @param message what was being done, on what, what is wrong, and what to do next */
    public PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
