package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.HistoryEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoriesTest {
    private static final String ARN = "arn:aws:states:eu-central-1:000000000000:execution:m:one";

    @Test
    void aDamagedLineCostsItsEvent(@TempDir Path folder) throws Exception {
        Histories histories = new Histories(folder);
        Instant at = Instant.parse("2026-03-31T00:00:00Z");
        histories.append(ARN, new HistoryEvent(1, 0, at, "ExecutionStarted", "", Map.of()));
        Files.write(
                folder.resolve("m--one.jsonl"),
                new byte[] {'{', (byte) 0xff, '}', '\n', '{', '{', '}', '\n'},
                StandardOpenOption.APPEND);
        histories.append(ARN, new HistoryEvent(2, 1, at, "ExecutionSucceeded", "", Map.of()));
        assertThat(histories.of(ARN))
                .extracting(e -> String.valueOf(e.get("type")))
                .containsExactly("ExecutionStarted", "ExecutionSucceeded");
        histories.abort(ARN, "the cloud died", at);
        assertThat(histories.of(ARN)).hasSize(3);
    }
}
