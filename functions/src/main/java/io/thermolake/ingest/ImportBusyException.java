package io.thermolake.ingest;

import io.thermolake.PipelineException;

/** A run of the import's job is still on and may write; the machine waits until it has stopped. */
public final class ImportBusyException extends PipelineException {
    private static final long serialVersionUID = 1L;

    ImportBusyException(String message) {
        super(message);
    }
}
