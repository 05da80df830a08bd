package io.thermolake.finish;

import io.thermolake.PipelineException;

/** Too large a share of the records is bad; nothing was committed. */
public final class TooManyQuarantinedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    TooManyQuarantinedException(String message) {
        super(message);
    }
}
