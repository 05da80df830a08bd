package io.thermolake.finish;

import io.thermolake.PipelineException;

/** The records that were read do not all have exactly one fate. */
public final class CountsException extends PipelineException {
    private static final long serialVersionUID = 1L;

    CountsException(String message) {
        super(message);
    }
}
