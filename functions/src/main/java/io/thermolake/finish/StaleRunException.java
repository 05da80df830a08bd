package io.thermolake.finish;

import io.thermolake.PipelineException;

/** The lake moved on since the run was planned: another run has committed. */
public final class StaleRunException extends PipelineException {
    private static final long serialVersionUID = 1L;

    StaleRunException(String message) {
        super(message);
    }
}
