package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 28 days of training, and then days with a fault from the 30th day on. */
class TrainedDetectorTest {
    private static final int TRAINING = 28;
    private static final long FAULT = 30 * Series.DAY + 10 * 3600;

    private static Map<Long, Cause> anomalies(long seed, LongToDoubleFunction fault) {
        TrainedDetector detector = new TrainedDetector(Series.trained(TRAINING, seed));
        double[] values = Series.values(TRAINING + 7, seed, fault);
        Map<Long, Cause> anomalies = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            long second = Series.second(i);
            if (Double.isNaN(values[i])) {
                continue;
            }
            Verdict verdict = detector.next(second, values[i]);
            if (second >= TRAINING * Series.DAY && verdict.anomaly()) {
                anomalies.put(second, verdict.cause());
            }
        }
        return anomalies;
    }

    private static void foundWithin(Map<Long, Cause> anomalies, long hours) {
        assertThat(anomalies).isNotEmpty();
        Map.Entry<Long, Cause> first = anomalies.entrySet().iterator().next();
        assertThat(first.getKey()).isBetween(FAULT, FAULT + hours * 3600);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void aQuietWeekHasNoAnomaly(long seed) {
        assertThat(anomalies(seed, second -> 0)).as("seed %d", seed).isEmpty();
    }

    @Test
    void aSpikeIsFoundAtOnce() {
        foundWithin(anomalies(1, second -> second == FAULT ? 6 : 0), 0);
    }

    @Test
    void anOffsetIsFoundWithinHours() {
        foundWithin(anomalies(1, second -> second >= FAULT ? 1.5 : 0), 6);
    }

    @Test
    void aHeatingThatIsOnAtNightIsFoundWithinHours() {
        LongToDoubleFunction night = second -> second >= FAULT + 14 * 3600 && second < FAULT + 18 * 3600 ? 3 : 0;
        Map<Long, Cause> anomalies = anomalies(1, night);
        assertThat(anomalies.keySet()).first().isEqualTo(FAULT + 14 * 3600);
        assertThat(anomalies).containsValue(Cause.UNUSUAL_HOURS);
    }

    @Test
    void aHolidayIsNearToSomeSunday() {
        long day = 33 * Series.DAY;
        LongToDoubleFunction holiday = second -> second >= day + 7 * 3600 && second < day + 18 * 3600 ? -3 : 0;
        assertThat((33 + 3) % 7).as("a working day").isLessThan(5);
        assertThat(anomalies(1, holiday)).isEmpty();
    }

    @Test
    void aLooseContactIsFoundWithinTheHour() {
        LongToDoubleFunction loose = second -> second >= FAULT ? (second / Series.STEP % 2 == 0 ? 0.6 : -0.6) : 0;
        foundWithin(anomalies(1, loose), 1);
    }

    @Test
    void aSilenceIsSeenByTheClockAndByTheRowAfterIt() {
        LongToDoubleFunction silent = second -> second >= FAULT && second < FAULT + 8 * 3600 ? Double.NaN : 0;
        Map<Long, Cause> anomalies = anomalies(1, silent);
        assertThat(anomalies).containsEntry(FAULT + 8 * 3600, Cause.SILENT);
        TrainedDetector detector = new TrainedDetector(Series.trained(TRAINING, 1));
        assertThat(detector.silence(FAULT)).as("before the first row").isZero();
        detector.next(FAULT, 20);
        assertThat(detector.silence(FAULT + 1500)).isLessThan(1);
        assertThat(detector.silent(FAULT + 1500).anomaly()).isFalse();
        assertThat(detector.silence(FAULT + 2400)).isGreaterThan(1);
        assertThat(detector.silent(FAULT + 2400))
                .satisfies(v -> assertThat(v.anomaly()).isTrue());
    }

    @Test
    void oneValueForLongerThanEverIsStuck() {
        TrainedDetector detector = new TrainedDetector(Series.trained(TRAINING, 1));
        long second = FAULT;
        Verdict verdict = detector.next(second, 20.5);
        for (int i = 0; i < 30; i++) {
            second += Series.STEP;
            verdict = detector.next(second, 20.5);
        }
        assertThat(verdict.anomaly()).isTrue();
        assertThat(verdict.cause()).isEqualTo(Cause.STUCK);
    }

    @Test
    void aTrainingTooShortForLimitsStillGivesTheSensorsRules() {
        TrainedDetector detector = new TrainedDetector(Series.trained(5, 1));
        Verdict verdict = detector.next(FAULT, 99);
        assertThat(verdict.anomaly()).isFalse();
        for (long second = FAULT; second < FAULT + 6 * 3600; second += Series.STEP) {
            verdict = detector.next(second, 20.5);
        }
        assertThat(verdict.cause()).isEqualTo(Cause.STUCK);
        assertThat(verdict.anomaly()).isTrue();
        assertThat(detector.silent(FAULT + 12 * 3600).anomaly()).isTrue();
    }

    @Test
    void aSpikeIsToldAsAWildValueThoughItIsFarFromEveryDayToo() {
        assertThat(anomalies(1, second -> second == FAULT ? 20 : 0).get(FAULT)).isIn(Cause.JUMP, Cause.ROUGH);
    }

    @Test
    void aRowOfThePastCountsAsTheLatest() {
        TrainedDetector detector = new TrainedDetector(Series.trained(TRAINING, 1));
        detector.next(FAULT, 20);
        assertThat(detector.next(FAULT - 100_000, 20).anomaly()).isFalse();
        assertThat(detector.silence(FAULT)).isZero();
    }
}
