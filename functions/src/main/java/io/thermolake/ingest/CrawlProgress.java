package io.thermolake.ingest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a crawler's state says of our crawl. */
enum CrawlProgress {
    RUNNING,
    SUCCEEDED,
    FAILED;

    /**
     * READY alone proves nothing: a crawler is READY before our crawl has begun, too, and then shows the one before it. So
     * the last crawl must have begun no earlier than our start, whoever started it: only then has it seen our data.
     *
     * @param state READY, RUNNING, STOPPING, or what Glue may add
     * @param lastStatus SUCCEEDED, CANCELLED, FAILED, or null of a crawler that never ran
     * @param lastStart when the last crawl began, or null
     * @param ourStart when ours began
     */
    static CrawlProgress of(String state, @Nullable String lastStatus, @Nullable Instant lastStart, Instant ourStart) {
        if (!state.equals("READY") || lastStatus == null || lastStart == null || lastStart.isBefore(ourStart)) {
            return RUNNING;
        }
        return lastStatus.equals("SUCCEEDED") ? SUCCEEDED : FAILED;
    }
}
