package io.thermolake.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.RecordJson;
import io.thermolake.alarm.Anomaly;
import io.thermolake.lake.Manifest.Partition;
import io.thermolake.lake.PastFingerprints;
import io.thermolake.score.ScoreIndex.Last;
import io.thermolake.score.ScoreIndex.ScoredDate;
import io.thermolake.score.ScoreIndex.WrittenBy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreIndexTest {
    private static final Partition MONDAY = day("2026-03-30", "run-1", 1, 3);
    private static final Partition TUESDAY = day("2026-03-31", "run-1", 1, 3);
    private static final Duration COOL_DOWN = Duration.ofMinutes(30);

    private final ScoreIndex index =
            scored(ScoreIndex.empty("lab", "v1", COOL_DOWN), MONDAY, "run-1", "2026-03-30 08:00:00");

    private static Partition day(String date, String runId, int attempt, long readings) {
        return new Partition(date, runId, attempt, Map.of("lab", readings));
    }

    private static ScoreIndex scored(ScoreIndex before, Partition partition, String runId, String... anomalies) {
        Partition[] known =
                before.dates().isEmpty() ? new Partition[] {partition} : new Partition[] {MONDAY, partition};
        String past = PastFingerprints.of("lab", List.of(known), 29).getOrDefault(partition.date(), "");
        return before.with(
                partition.date(),
                new ScoredDate(
                        runId, WrittenBy.of(partition), past, partition.rooms().getOrDefault("lab", 0L), 0),
                Arrays.stream(anomalies)
                        .map(at -> new Anomaly(at, at, 30, 0.7, "jump"))
                        .toList(),
                new Last(partition.date() + " 09:00:00", 20, partition.date() + " 11:00:00"));
    }

    @Test
    void whatIsScoredAlreadyIsNotDue() {
        assertThat(index.due(List.of(MONDAY))).isEmpty();
    }

    @Test
    void aNewDateIsDue() {
        assertThat(index.due(List.of(MONDAY, TUESDAY))).containsExactly(TUESDAY);
    }

    @Test
    void aDateThatWasRewrittenIsDueAgain() {
        Partition byAnotherRun = day("2026-03-30", "run-2", 1, 4);
        Partition byAnotherAttempt = day("2026-03-30", "run-1", 2, 4);

        assertThat(index.due(List.of(byAnotherRun))).containsExactly(byAnotherRun);
        assertThat(index.due(List.of(byAnotherAttempt))).containsExactly(byAnotherAttempt);
    }

    @Test
    void readingsThatCameLateMakeTheDaysAfterThemDueToo() {
        ScoreIndex both = scored(index, TUESDAY, "run-1");
        Partition late = day("2026-03-30", "run-2", 1, 4);
        Partition forAnotherRoom = day("2026-03-30", "run-2", 1, 3);

        assertThat(both.due(List.of(MONDAY, TUESDAY))).isEmpty();
        assertThat(both.due(List.of(late, TUESDAY))).containsExactly(late, TUESDAY);
        assertThat(both.due(List.of(forAnotherRoom, TUESDAY))).containsExactly(forAnotherRoom);
    }

    @Test
    void anotherModelOrCoolDownIsAnotherIndex() {
        assertThat(index.isOf("v1", COOL_DOWN)).isTrue();
        assertThat(index.isOf("v2", COOL_DOWN)).isFalse();
        assertThat(index.isOf("v1", Duration.ofHours(6))).isFalse();
    }

    @Test
    void aDateScoredAnewLosesItsOldAnomaliesAlone() {
        ScoreIndex both = scored(index, TUESDAY, "run-1", "2026-03-31 01:00:00");

        ScoreIndex again = scored(both, MONDAY, "run-2", "2026-03-30 09:00:00", "2026-03-30 09:01:00");

        assertThat(again.anomalies().stream().map(Anomaly::timestamp))
                .containsExactly("2026-03-30 09:00:00", "2026-03-30 09:01:00", "2026-03-31 01:00:00");
        assertThat(again.scoredBy("run-2")).isEqualTo(3);
        assertThat(again.scoredBy("run-1")).isEqualTo(3);
        assertThat(again.last()).as("the newest date's").isEqualTo(both.last());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-30T10:59:59Z, false",
        "2026-03-30T11:00:00Z, false",
        "2026-03-30T11:00:01Z, true",
        "2026-04-09T00:00:00Z, true",
    })
    void aSilenceThatLastsIsAnAlarmByTheClock(Instant now, boolean silent) {
        ScoreIndex complete = index.complete(now);

        assertThat(index.isSilent(now)).isEqualTo(silent);
        assertThat(complete.isSilent(now)).as("it is told").isFalse();
        assertThat(complete.alarms()).hasSize(silent ? 2 : 1);
        if (silent) {
            assertThat(complete.alarms().get(1).start()).isEqualTo("2026-03-30 11:00:00");
            assertThat(complete.alarms().get(1).end())
                    .isEqualTo(now.toString().replace("T", " ").replace("Z", ""));
            assertThat(complete.alarms().get(1).kind()).isEqualTo("silent");
            assertThat(complete.alarms().get(1).score()).isBetween(0.5, 1.0);
            assertThat(complete.isSilent(now.plusSeconds(60)))
                    .as("a later run tells it anew")
                    .isTrue();
        }
    }

    @Test
    void itReadsBackAsItWasWritten() {
        ScoreIndex written =
                index.complete(Instant.parse("2026-03-30T10:00:00Z")).asPublished();

        String json = RecordJson.gson().toJson(written);

        assertThat(RecordJson.gson().fromJson(json, ScoreIndex.class)).isEqualTo(written);
        assertThat(json)
                .startsWith(
                        "{\"room\":\"lab\",\"model\":\"v1\",\"coolDown\":\"PT30M\",\"dates\":{\"2026-03-30\":{\"run\":\"run-1\",\"partition\":{\"runId\":\"run-1\",\"attempt\":1},\"past\":\"")
                .endsWith(
                        "\"anomalies\":[{\"timestamp\":\"2026-03-30 08:00:00\",\"from\":\"2026-03-30 08:00:00\",\"temperature\":30.0,\"score\":0.7,\"kind\":\"jump\"}],"
                                + "\"last\":{\"timestamp\":\"2026-03-30 09:00:00\",\"temperature\":20.0,\"silentFrom\":\"2026-03-30 11:00:00\"},"
                                + "\"alarms\":[{\"start\":\"2026-03-30 08:00:00\",\"end\":\"2026-03-30 08:00:00\",\"worst\":30.0,\"score\":0.7,\"readings\":1,\"kind\":\"jump\"}],\"published\":true}");
    }
}
