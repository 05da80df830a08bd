package io.thermolake;

/**
 * The root of the pipeline's own failures. A state machine catches a subclass by its full class name, so there is one
 * subclass for each thing that is treated differently; everything else stays the SDK's own exception.
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
