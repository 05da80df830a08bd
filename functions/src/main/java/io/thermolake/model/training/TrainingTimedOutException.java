package io.thermolake.model.training;

import io.thermolake.PipelineException;

/** A training job was still on at its deadline and was told to stop. */
public final class TrainingTimedOutException extends PipelineException {
    private static final long serialVersionUID = 1L;

    TrainingTimedOutException(String message) {
        super(message);
    }
}
