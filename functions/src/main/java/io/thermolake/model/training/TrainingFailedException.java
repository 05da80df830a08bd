package io.thermolake.model.training;

import io.thermolake.PipelineException;

/** A training job ended, and it did not complete. The room keeps the model that it has. */
public final class TrainingFailedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    public TrainingFailedException(String message) {
        super(message);
    }
}
