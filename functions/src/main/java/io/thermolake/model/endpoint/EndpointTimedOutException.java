package io.thermolake.model.endpoint;

import io.thermolake.PipelineException;

/** An endpoint was not in service at its deadline and was deleted. */
public final class EndpointTimedOutException extends PipelineException {
    private static final long serialVersionUID = 1L;

    EndpointTimedOutException(String message) {
        super(message);
    }
}
