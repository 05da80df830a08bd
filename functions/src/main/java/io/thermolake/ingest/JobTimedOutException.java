package io.thermolake.ingest;

import io.thermolake.PipelineException;

/** The job run did not end before its deadline, and was stopped. */
public final class JobTimedOutException extends PipelineException {
    private static final long serialVersionUID = 1L;

    JobTimedOutException(String message) {
        super(message);
    }
}
