package io.thermolake.finish;

import io.thermolake.PipelineException;

/** The run failed; thrown after the clean-up so that the execution ends FAILED with it. */
public final class RunFailedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    RunFailedException(String message) {
        super(message);
    }
}
