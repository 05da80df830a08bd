package io.thermolake.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.fake.FakeS3;
import io.thermolake.fake.Lab;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.run.Run;
import io.thermolake.run.RunPlan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LakeSurveyorTest {
    private static final Instant WALL = Instant.parse("2026-03-31T12:30:00Z");
    private static final Run RUN = new Run("run-9", "arn", WALL, 0);

    private final FakeS3 s3 = new FakeS3();
    private final LakeStore store = new LakeStore(s3, "lake");
    private long number;

    @Test
    void anEmptyLakeListsEverything() {
        String old = live(WALL.minus(Duration.ofDays(400)), "a");
        String fresh = live(WALL, "b");

        Survey seen = look(false);

        assertThat(seen.live().listedAll()).isTrue();
        assertThat(seen.live().unread()).extracting(RunPlan.Live::key).containsExactly(old, fresh);
        assertThat(seen.lake().manifest()).isZero();
        assertThat(seen.live().seen()).isEqualTo(2);
    }

    @Test
    void whatARunHasReadIsNotReadAgain() {
        String a = live(WALL.minus(Duration.ofHours(2)), "a");
        String b = live(WALL.minus(Duration.ofHours(1)), "b");
        commit(WALL.minus(Duration.ofHours(1)), WALL.minus(Duration.ofDays(1)), a);

        assertThat(look(false).live().unread()).extracting(RunPlan.Live::key).containsExactly(b);
    }

    @Test
    void onlyTheLastTwoDaysArrivalsAreListed() {
        live(WALL.minus(Duration.ofHours(50)), "late");
        String fresh = live(WALL.minus(Duration.ofHours(48)), "fresh");
        commit(WALL.minus(Duration.ofHours(1)), WALL.minus(Duration.ofDays(1)));

        Survey seen = look(false);

        assertThat(seen.live().listedAll()).isFalse();
        assertThat(seen.live().unread()).extracting(RunPlan.Live::key).containsExactly(fresh);
    }

    @Test
    void theNextHoursArrivalsAreListedSinceClocksDiffer() {
        String ahead = live(WALL.plus(Duration.ofHours(1)), "ahead");
        commit(WALL.minus(Duration.ofHours(1)), WALL.minus(Duration.ofDays(1)));

        assertThat(look(false).live().unread()).extracting(RunPlan.Live::key).containsExactly(ahead);
    }

    @ParameterizedTest
    @CsvSource({"P6D,false", "P7D,false", "P7DT1S,true", "P30D,true"})
    void onceAWeekEverythingIsListedForWhatCameTooLate(Duration ago, boolean all) {
        String late = live(WALL.minus(Duration.ofDays(20)), "late");
        String read = live(WALL.minus(Duration.ofDays(21)), "read");
        commit(WALL.minus(Duration.ofDays(21)), WALL.minus(ago), read);
        commit(WALL.minus(Duration.ofHours(3)), WALL.minus(ago));
        commit(WALL.minus(Duration.ofHours(2)), WALL.minus(ago));

        Survey seen = look(false);

        assertThat(seen.live().listedAll()).isEqualTo(all);
        assertThat(seen.live().unread()).extracting(RunPlan.Live::key).isEqualTo(all ? List.of(late) : List.of());
    }

    /** The oldest hour that is listed begins before the 48 hours do; what several runs read of it counts. */
    @Test
    void whatWasReadOfTheOldestListedHourIsNotReadAgain() {
        Instant hour = Instant.parse("2026-03-29T12:00:00Z");
        String a = live(hour.plusSeconds(60), "a");
        String b = live(hour.plusSeconds(600), "b");
        String c = live(hour.plusSeconds(1200), "c");
        commit(hour.plusSeconds(120), WALL.minus(Duration.ofDays(5)), a);
        commit(hour.plusSeconds(660), WALL.minus(Duration.ofDays(5)), b);
        commit(hour.plusSeconds(1260), WALL.minus(Duration.ofDays(5)), c);
        commit(WALL.minus(Duration.ofHours(1)), WALL.minus(Duration.ofDays(5)));

        assertThat(look(false).live().unread()).isEmpty();
    }

    @Test
    void forceReadsEverythingAgain() {
        String a = live(WALL.minus(Duration.ofDays(20)), "a");
        commit(WALL.minus(Duration.ofHours(1)), WALL.minus(Duration.ofDays(1)), a);

        Survey seen = look(true);

        assertThat(seen.live().unread()).extracting(RunPlan.Live::key).containsExactly(a);
        assertThat(seen.live().listedAll()).isTrue();
    }

    @Test
    void emptyObjectsAreNoNews() {
        s3.objects.put(LakeLayout.liveHour(WALL) + "empty.gz", new byte[0]);
        s3.objects.put(LakeLayout.HISTORY + "folder/", new byte[0]);

        Survey seen = look(false);

        assertThat(seen.live().unread()).isEmpty();
        assertThat(seen.history().objects()).isZero();
    }

    @Test
    void historyHasChangedWhenItsObjectsHave() {
        store.put(LakeLayout.HISTORY + "a.csv", "1");
        String one = look(false).history().fingerprint();
        String same = look(false).history().fingerprint();
        store.put(LakeLayout.HISTORY + "a.csv", "2");
        String changed = look(false).history().fingerprint();
        store.put(LakeLayout.HISTORY + "b.csv", "2");

        assertThat(same).isEqualTo(one);
        assertThat(changed).isNotEqualTo(one);
        assertThat(look(false).history().fingerprint()).isNotIn(one, changed);
    }

    @Test
    void theReportOfTheNewestManifestIsLookedFor() {
        commit(WALL, WALL);
        assertThat(look(false).lake().reported()).isFalse();

        store.put(LakeLayout.reportOf(1), "{}");
        assertThat(look(false).lake().reported()).isTrue();
    }

    private Survey look(boolean force) {
        return new LakeSurveyor(store, Lab.settings(), Clock.fixed(WALL, ZoneOffset.UTC))
                .look(RUN, new Manifests(store).newest().orElse(null), force);
    }

    private String live(Instant arrival, String name) {
        String key = LakeLayout.liveHour(arrival) + name + ".gz";
        s3.objects.put(key, new byte[3]);
        return key;
    }

    private void commit(Instant committedAt, Instant listedAllAt, String... consumed) {
        commit(committedAt, listedAllAt, List.of(), List.of(consumed));
    }

    private void commit(
            Instant committedAt, Instant listedAllAt, List<Manifest.Partition> partitions, List<String> consumed) {
        number++;
        store.put(
                LakeLayout.manifest(number),
                new Manifest(
                        number,
                        "run-" + number,
                        WALL,
                        committedAt,
                        partitions,
                        consumed,
                        Counts.none(),
                        null,
                        null,
                        null,
                        Map.of(),
                        listedAllAt));
    }
}
