package io.thermolake.ingest;

import io.thermolake.PipelineException;

/** The crawl did not end before its deadline, and was stopped. */
public final class CrawlTimedOutException extends PipelineException {
    private static final long serialVersionUID = 1L;

    CrawlTimedOutException(String message) {
        super(message);
    }
}
