package io.thermolake.model.endpoint;

import io.thermolake.PipelineException;

/** Something that a run left behind could not be deleted, nor is it on its way to where it can. */
public final class SweepFailedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    SweepFailedException(String message) {
        super(message);
    }
}
