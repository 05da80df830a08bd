package io.thermolake.model.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.Rows;
import io.thermolake.detect.Training;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class HeldBackTest {
    private static final long DAY = MadeUpRoom.DAY;
    private static final Rows ALL = MadeUpRoom.days(35, 1);
    private static final Rows BEFORE = ALL.between(0, 28 * DAY);
    private static final Rows DAYS = ALL.between(28 * DAY, 35 * DAY);

    private static HeldBackMetrics judged(HeldBackJudge judge) {
        return new HeldBack(BEFORE, DAYS, 1, Duration.ofHours(6)).judged(judge);
    }

    private static RoomModel trained(Rows rows) {
        return new Training(rows.seconds(), rows.values(), new AlarmBudget(0.7)).model();
    }

    /** A judge of times, who never looks at a value. */
    private static HeldBackJudge at(LongPredicate anomaly, double allowedGap) {
        return new HeldBackJudge() {
            @Override
            public boolean[] anomalies(Rows days) {
                boolean[] anomalies = new boolean[days.size()];
                for (int i = 0; i < anomalies.length; i++) {
                    anomalies[i] = anomaly.test(days.second(i));
                }
                return anomalies;
            }

            @Override
            public double allowedGap() {
                return allowedGap;
            }
        };
    }

    @Test
    void aTrainedModelFindsMostFaultsWithoutAnAlarmOnTheDaysThemselves() {
        HeldBackMetrics metrics = judged(new WarmJudge(trained(BEFORE), null, BEFORE));

        assertThat(metrics.faults()).isEqualTo(24);
        assertThat(metrics.alarms()).isZero();
        assertThat(metrics.recall()).as("missed: %s", metrics.missed()).isGreaterThanOrEqualTo(0.85);
        assertThat(metrics.days()).isCloseTo(7, within(0.01));
        assertThat(metrics.from()).isEqualTo(Instant.ofEpochSecond(28 * DAY));
    }

    @Test
    void aForestIsAskedOnlyForWhatNoLimitFinds() {
        LongAdder calls = new LongAdder();
        LongAdder rows = new LongAdder();
        HeldBackMetrics metrics = judged(new WarmJudge(
                trained(BEFORE).withForest(1),
                given -> {
                    calls.increment();
                    rows.add(given.size());
                    return new double[given.size()];
                },
                BEFORE));
        assertThat(calls.sum())
                .as("for the days themselves, and for each fault that is missed")
                .isEqualTo(1 + metrics.faults() - metrics.found());
        assertThat(rows.sum()).as("what is near to a limit").isBetween(1L, DAYS.size() / 2L);
    }

    @Test
    void whatAForestFindsCounts() {
        RoomModel model = trained(BEFORE);
        HeldBackMetrics deaf = judged(new WarmJudge(model.withForest(1), rows -> new double[rows.size()], BEFORE));
        HeldBackMetrics shrill = judged(new WarmJudge(
                model.withForest(1),
                rows -> {
                    double[] scores = new double[rows.size()];
                    Arrays.fill(scores, 2);
                    return scores;
                },
                BEFORE));
        assertThat(deaf.alarms()).isZero();
        assertThat(shrill.alarms()).isEqualTo(1);
    }

    @Test
    void whoAlwaysAlarmsFindsNothing() {
        HeldBackMetrics metrics = judged(at(second -> true, DAY));
        assertThat(metrics.found()).isZero();
        assertThat(metrics.alarms()).as("one episode that never ends").isEqualTo(1);
        assertThat(metrics.missed()).containsEntry(FaultKind.SPIKE, 3).hasSize(8);
    }

    @Test
    void whoNeverAlarmsFindsNothing() {
        HeldBackMetrics metrics = judged(at(second -> false, DAY));
        assertThat(metrics.found()).isZero();
        assertThat(metrics.alarmsASensorMonth()).isZero();
    }

    @Test
    void silenceIsFoundByTheClock() {
        HeldBackMetrics metrics = judged(at(second -> false, 7200));
        assertThat(metrics.found()).isEqualTo(3);
        assertThat(metrics.missed()).doesNotContainKey(FaultKind.SILENT).hasSize(7);
    }

    @Test
    void alarmsWithinTheCoolDownAreOne() {
        long start = DAYS.second(0);
        HeldBackMetrics metrics = judged(at(s -> s == start || s == start + 3600 || s == start + 9 * 3600, DAY));
        assertThat(metrics.alarms()).isEqualTo(2);
        assertThat(metrics.alarmsASensorMonth()).isCloseTo(2 * 30 / 7.0, within(0.02));
        assertThat(metrics.words()).isEqualTo("2 alarms in 7.0 days and 0 of 24 injected faults found");
    }

    @Test
    void metricsThatCannotBeAreRefused() {
        Instant now = Instant.EPOCH;
        assertThatThrownBy(() -> new HeldBackMetrics(now, now, 0, 2, 3, Map.of()))
                .hasMessageContaining("3 of 2 faults");
        assertThat(new HeldBackMetrics(now, now, 1, 0, 0, Map.of()).recall()).isEqualTo(1);
    }
}
