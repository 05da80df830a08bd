package io.thermolake.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.lake.Counts;
import io.thermolake.lake.Manifest;
import io.thermolake.run.Run;
import io.thermolake.run.RunPlan;
import io.thermolake.run.StepName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitmentTest {
    private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");
    private static final Instant WALL = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant MARK = Instant.parse("2026-03-29T06:00:00Z");
    private static final Counts GOOD = new Counts(10, 8, Map.of("malformed", 1L), 1, 1, 0);

    @ParameterizedTest
    @CsvSource({
        "10, 8, 1, 1, 0, true",
        "10, 7, 1, 1, 1, true",
        "0,  0, 0, 0, 0, true",
        "10, 8, 1, 0, 0, false",
        "10, 8, 1, 2, 0, false",
        "0,  1, 0, 0, 0, false"
    })
    void everyRecordHasExactlyOneFate(long read, long clean, long bad, long duplicates, long outOfScope, boolean good) {
        Counts counts = new Counts(read, clean, Map.of("malformed", bad), duplicates, 0, outOfScope);

        if (good) {
            assertThatCode(() -> check(counts, 0.5)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> check(counts, 0.5))
                    .isInstanceOf(CountsException.class)
                    .hasMessageContaining("run-1 read " + read + " records")
                    .hasMessageContaining("Nothing was committed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5, 10, 0.5, true",
        "6, 10, 0.5, false",
        "1, 10, 0, false",
        "0, 10, 0, true",
        "10, 10, 1, true",
        "0, 0, 0, true"
    })
    void tooManyBadRecordsAreNotCommitted(long bad, long read, double ratio, boolean good) {
        Counts counts = new Counts(read, read - bad, Map.of("future", bad), 0, 0, 0);

        if (good) {
            assertThatCode(() -> check(counts, ratio)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> check(counts, ratio)).isInstanceOf(TooManyQuarantinedException.class);
        }
    }

    @Test
    void thePersonIsToldWhichReasonsAndWhereToLook() {
        Counts counts =
                new Counts(100, 30, Map.of("future", 40L, "malformed", 20L, "bad_room", 9L, "spoofed", 1L), 0, 0, 0);

        assertThatThrownBy(() -> check(counts, 0.5))
                .hasMessageContaining("70 of 100 records are bad (70 %; the most that is allowed is 50 %)")
                .hasMessageContaining("future 40, malformed 20, bad_room 9.")
                .hasMessageContaining("quarantine/run=run-1/attempt=2/")
                .hasMessageContaining("raise MaxQuarantineRatio");
    }

    @Test
    void theFirstManifestHoldsWhatTheRunBrought() {
        RunPlan plan = plan(0, true, StepName.ImportS3, StepName.ImportDatabase, StepName.ExtractRooms);

        Manifest next =
                Commitment.next(null, plan, extracted(GOOD, "2026-03-30"), new Commitment.Imported(7, MARK), WALL);

        assertThat(next)
                .isEqualTo(new Manifest(
                        1,
                        "run-1",
                        NOW,
                        WALL,
                        List.of(partition("2026-03-30", "run-1")),
                        List.of("raw/live/a.gz", "raw/live/b.gz"),
                        GOOD,
                        "h1",
                        NOW,
                        MARK,
                        Map.of("live", "l1"),
                        WALL));
    }

    @Test
    void theNextManifestKeepsWhatTheRunDidNotTouch() {
        Manifest base = base(MARK, "2026-03-28", "2026-03-29");

        Manifest next = Commitment.next(
                base, plan(4, false, StepName.ExtractRooms), extracted(GOOD, "2026-03-29", "2026-03-30"), null, WALL);

        assertThat(next.number()).isEqualTo(5);
        assertThat(next.partitions())
                .containsExactly(
                        partition("2026-03-28", "run-0"),
                        partition("2026-03-29", "run-1"),
                        partition("2026-03-30", "run-1"));
        assertThat(next.consumed()).containsExactly("raw/live/a.gz", "raw/live/b.gz");
        assertThat(next.historyFingerprint()).isEqualTo("h0");
        assertThat(next.databaseImportedAt()).isEqualTo(base.databaseImportedAt());
        assertThat(next.databaseHighWaterMark()).isEqualTo(MARK);
        assertThat(next.listedAllAt()).isEqualTo(base.listedAllAt());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,                    -,                    -",
                "-,                    2026-03-29T06:00:00Z, 2026-03-29T06:00:00Z",
                "2026-03-29T06:00:00Z, -,                    2026-03-29T06:00:00Z",
                "2026-03-29T06:00:00Z, 2026-03-29T05:00:00Z, 2026-03-29T06:00:00Z",
                "2026-03-29T06:00:00Z, 2026-03-30T05:00:00Z, 2026-03-30T05:00:00Z"
            })
    void theHighWaterMarkNeverFalls(@Nullable Instant before, @Nullable Instant imported, @Nullable Instant after) {
        RunPlan plan = plan(4, false, StepName.ImportDatabase, StepName.ExtractRooms);

        Manifest next =
                Commitment.next(base(before), plan, extracted(GOOD), new Commitment.Imported(0, imported), WALL);

        assertThat(next.databaseHighWaterMark()).isEqualTo(after);
        assertThat(next.databaseImportedAt()).isEqualTo(NOW);
    }

    /** A run for some rooms or days must not take the others' readings from the runs to come. */
    @Test
    void whatARunLeavesOutIsReadAgainByTheNext() {
        Counts counts = new Counts(10, 6, Map.of("malformed", 1L), 1, 0, 2);
        RunPlan plan = plan(4, true, StepName.ImportS3, StepName.ImportDatabase, StepName.ExtractRooms);
        Manifest base = base(MARK);

        Manifest next = Commitment.next(
                base, plan, extracted(counts, "2026-03-30"), new Commitment.Imported(7, MARK.plusSeconds(60)), WALL);

        assertThat(next.partitions()).containsExactly(partition("2026-03-30", "run-1"));
        assertThat(next.consumed()).isEmpty();
        assertThat(next.historyFingerprint()).isEqualTo("h0");
        assertThat(next.databaseImportedAt()).isEqualTo(base.databaseImportedAt());
        assertThat(next.databaseHighWaterMark()).isEqualTo(MARK);
        assertThat(next.listedAllAt()).isEqualTo(base.listedAllAt());
    }

    private static void check(Counts counts, double ratio) {
        Commitment.check(counts, ratio, "run-1", 2);
    }

    private static Commitment.Extracted extracted(Counts counts, String... dates) {
        return new Commitment.Extracted(
                counts, Arrays.stream(dates).map(d -> partition(d, "run-1")).toList());
    }

    private static Manifest base(@Nullable Instant mark, String... dates) {
        return new Manifest(
                4,
                "run-0",
                NOW.minusSeconds(86_400),
                WALL.minusSeconds(86_400),
                Arrays.stream(dates).map(d -> partition(d, "run-0")).toList(),
                List.of("raw/live/old.gz"),
                Counts.none(),
                "h0",
                NOW.minusSeconds(86_400),
                mark,
                Map.of("live", "l0"),
                WALL.minusSeconds(86_400));
    }

    private static Manifest.Partition partition(String date, String run) {
        return new Manifest.Partition(date, run, 1, Map.of("lab", 10L));
    }

    static RunPlan plan(long base, boolean listedAll, StepName... steps) {
        return new RunPlan(
                new Run("run-1", "arn:run-1", NOW, base),
                "ImportHistory",
                Arrays.stream(steps).collect(Collectors.toMap(Function.identity(), s -> new RunPlan.Step(true, "due"))),
                List.of(new RunPlan.Live("raw/live/a.gz", 10), new RunPlan.Live("raw/live/b.gz", 10)),
                null,
                null,
                null,
                null,
                "h1",
                Map.of("live", "l1"),
                listedAll,
                List.of("office"));
    }
}
