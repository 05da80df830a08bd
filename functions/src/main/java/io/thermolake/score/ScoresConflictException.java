package io.thermolake.score;

import io.thermolake.PipelineException;

/** Somebody else committed scores of the room meanwhile; a retry starts from theirs. */
public final class ScoresConflictException extends PipelineException {
    private static final long serialVersionUID = 1L;

    ScoresConflictException(String message) {
        super(message);
    }
}
