package io.thermolake.ingest;

import io.thermolake.PipelineException;

/** The job run ended, and Glue says that it did not succeed. */
public final class JobFailedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    JobFailedException(String message) {
        super(message);
    }
}
