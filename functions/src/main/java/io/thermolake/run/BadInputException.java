package io.thermolake.run;

import io.thermolake.PipelineException;

/** The run's input asks for what does not exist: one sentence says what is wrong and what is allowed. */
public final class BadInputException extends PipelineException {
    private static final long serialVersionUID = 1L;

    public BadInputException(String message) {
        super(message);
    }
}
