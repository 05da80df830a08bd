package io.thermolake.lake.store;

import io.thermolake.PipelineException;

/** The store refused something; the message says what was done on which key, and why it failed. */
public final class StoreException extends PipelineException {
    private static final long serialVersionUID = 1L;

    StoreException(String doing, String bucket, String key, Throwable why) {
        super(
                "%s s3://%s/%s failed: %s"
                        .formatted(doing, bucket, key, why.getMessage() == null ? why.toString() : why.getMessage()),
                why);
    }
}
