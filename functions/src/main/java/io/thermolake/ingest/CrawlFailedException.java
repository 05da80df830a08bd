package io.thermolake.ingest;

import io.thermolake.PipelineException;

/** The crawl ended, and Glue says that it did not succeed. */
public final class CrawlFailedException extends PipelineException {
    private static final long serialVersionUID = 1L;

    CrawlFailedException(String message) {
        super(message);
    }
}
