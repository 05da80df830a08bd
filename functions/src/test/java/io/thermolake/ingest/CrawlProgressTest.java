package io.thermolake.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrawlProgressTest {
    private static final Instant OURS = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // state,  the last crawl's status, its start after ours (s), what it means
                "RUNNING,  -,         -,    RUNNING",
                "RUNNING,  SUCCEEDED, -600, RUNNING",
                "STOPPING, SUCCEEDED, 1,    RUNNING",
                "PAUSED,   SUCCEEDED, 1,    RUNNING",
                "READY,    -,         -,    RUNNING",
                "READY,    SUCCEEDED, -,    RUNNING",
                "READY,    SUCCEEDED, -1,   RUNNING",
                "READY,    FAILED,    -1,   RUNNING",
                "READY,    SUCCEEDED, 0,    SUCCEEDED",
                "READY,    SUCCEEDED, 1,    SUCCEEDED",
                "READY,    FAILED,    1,    FAILED",
                "READY,    CANCELLED, 1,    FAILED",
            })
    void aCrawlIsOverOnlyWhenItIsProvenOurs(
            String state, @Nullable String lastStatus, @Nullable Integer after, CrawlProgress progress) {
        assertThat(CrawlProgress.of(state, lastStatus, after == null ? null : OURS.plusSeconds(after), OURS))
                .isEqualTo(progress);
    }
}
