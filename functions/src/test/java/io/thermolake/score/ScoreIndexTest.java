package io.thermolake.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.RecordJson;
import io.thermolake.lake.Manifest.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreIndexTest {
    private static final Partition MONDAY = new Partition("2026-03-30", "run-1", 1, Map.of("lab", 3L));
    private static final Partition TUESDAY = new Partition("2026-03-31", "run-1", 1, Map.of("lab", 3L));

    private final ScoreIndex index =
            ScoreIndex.empty("lab", "v1").with(MONDAY, "run-1", 3, List.of(anomaly("2026-03-30 08:00:00")));

    @Test
    void whatIsScoredAlreadyIsNotDue() {
        assertThat(index.due(List.of(MONDAY), "v1")).isEmpty();
    }

    @Test
    void aNewDateIsDue() {
        assertThat(index.due(List.of(MONDAY, TUESDAY), "v1")).containsExactly(TUESDAY);
    }

    @Test
    void aDateThatWasRewrittenIsDueAgain() {
        Partition byAnotherRun = new Partition("2026-03-30", "run-2", 1, Map.of("lab", 4L));
        Partition byAnotherAttempt = new Partition("2026-03-30", "run-1", 2, Map.of("lab", 4L));

        assertThat(index.due(List.of(byAnotherRun), "v1")).containsExactly(byAnotherRun);
        assertThat(index.due(List.of(byAnotherAttempt), "v1")).containsExactly(byAnotherAttempt);
    }

    @Test
    void anotherModelMakesEverythingDue() {
        assertThat(index.due(List.of(MONDAY), "v2")).containsExactly(MONDAY);
    }

    @Test
    void aDateScoredAnewLosesItsOldAnomaliesAlone() {
        ScoreIndex both = index.with(TUESDAY, "run-1", 3, List.of(anomaly("2026-03-31 01:00:00")));

        ScoreIndex again =
                both.with(MONDAY, "run-2", 4, List.of(anomaly("2026-03-30 09:00:00"), anomaly("2026-03-30 09:01:00")));

        assertThat(again.anomalies().stream().map(Anomaly::timestamp))
                .containsExactly("2026-03-30 09:00:00", "2026-03-30 09:01:00", "2026-03-31 01:00:00");
        assertThat(again.scoredBy("run-2")).isEqualTo(4);
        assertThat(again.scoredBy("run-1")).isEqualTo(3);
    }

    @Test
    void itReadsBackAsItWasWritten() {
        ScoreIndex written = index.complete(Duration.ofMinutes(30)).asPublished();

        String json = RecordJson.gson().toJson(written);

        assertThat(RecordJson.gson().fromJson(json, ScoreIndex.class)).isEqualTo(written);
        assertThat(json)
                .isEqualTo(
                        "{\"room\":\"lab\",\"model\":\"v1\",\"dates\":{\"2026-03-30\":{\"run\":\"run-1\",\"partition\":{\"runId\":\"run-1\",\"attempt\":1},\"readings\":3}},"
                                + "\"anomalies\":[{\"timestamp\":\"2026-03-30 08:00:00\",\"temperature\":30.0,\"score\":3.0}],"
                                + "\"alarms\":[{\"start\":\"2026-03-30 08:00:00\",\"end\":\"2026-03-30 08:00:00\",\"worst\":30.0,\"score\":3.0,\"readings\":1}],\"published\":true}");
    }

    private static Anomaly anomaly(String timestamp) {
        return new Anomaly(timestamp, 30, 3);
    }
}
