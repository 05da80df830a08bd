package io.thermolake.report;

import io.thermolake.PipelineException;

/** A query of the report was not done at its deadline and was stopped. */
public final class QueryTimedOutException extends PipelineException {
    private static final long serialVersionUID = 1L;

    QueryTimedOutException(String message) {
        super(message);
    }
}
