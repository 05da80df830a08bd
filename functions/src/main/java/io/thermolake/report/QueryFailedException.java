package io.thermolake.report;

import io.thermolake.PipelineException;

/** A query of the report failed or was cancelled. */
public final class QueryFailedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    QueryFailedException(String message) {
        super(message);
    }
}
