package io.thermolake.model.endpoint;

import io.thermolake.PipelineException;

/** An endpoint did not come up. */
public final class EndpointFailedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    EndpointFailedException(String message) {
        super(message);
    }
}
