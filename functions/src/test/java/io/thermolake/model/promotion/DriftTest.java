package io.thermolake.model.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.Rows;
import io.thermolake.detect.TrainedDetector;
import io.thermolake.detect.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftTest {
    private static final long DAY = MadeUpRoom.DAY;

    @ParameterizedTest
    @CsvSource({
        // a day's share of unusual readings in per cent, day by day; drift
        "10 10 10 10 10 10 10,             false",
        "0 0 0 0 0 0 0,                    false",
        "10 10 10 10 100 100 100,          false",
        "10 10 10 100 100 100 100,         true",
        "60 60 60 60 60 60 60,             false",
        "61 61 61 61 61 61 61,             true",
        "100 100 100 100 100 100,          false",
        "100 100 100 100 10 10 10 10,      false",
        "10 12 15 18 20 22 25 28 30 33 35, false",
        "100 10 100 10 100 10 100,         true",
    })
    void theMiddleOneOfTheLastSevenDaysCounts(String shares, boolean drift) {
        List<Drift.Day> days = Arrays.stream(shares.split(" "))
                .map(s -> new Drift.Day(100, Long.parseLong(s)))
                .toList();
        assertThat(Drift.of(days).isPresent()).isEqualTo(drift);
    }

    @Test
    void itSaysHowFar() {
        assertThat(Drift.of(java.util.Collections.nCopies(7, new Drift.Day(1440, 1008))))
                .hasValue(
                        "the scores have drifted: in the last 7 days 70 % of a day's readings are above what 10 % were in training");
    }

    @Test
    void oneInTenOfTheTrainingIsAboveTheUsual() {
        double[] scores = new Random(1).doubles(1000).toArray();
        double usual = Drift.usual(scores);
        assertThat(Arrays.stream(scores).filter(s -> s > usual).count()).isBetween(98L, 100L);
        assertThat(Drift.usual(new double[] {3})).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSeasonThatMovesSlowlyIsNoDrift(long seed) {
        // Six degrees in three months, and back.
        assertThat(anyDrift(seed, second -> 3 * Math.sin(2 * Math.PI * second / (180 * DAY))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anOffsetThatStaysIsNoDriftOnceItIsUsual(long seed) {
        assertThat(driftOnTheLastDay(seed, second -> second > 50 * DAY ? 2 : 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSensorThatHasBecomeRestlessIs(long seed) {
        Random random = new Random(seed);
        assertThat(driftOnTheLastDay(seed, second -> second > 60 * DAY ? 0.5 * random.nextGaussian() : 0))
                .isTrue();
    }

    @Test
    void moreUnusualReadingsThanReadingsCannotBe() {
        assertThatThrownBy(() -> new Drift.Day(1, 2)).hasMessage("of 1 readings 2 cannot be unusual");
    }

    private static boolean anyDrift(long seed, LongToDoubleFunction more) {
        List<Drift.Day> days = scored(seed, more);
        for (int to = 1; to <= days.size(); to++) {
            if (Drift.of(days.subList(0, to)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean driftOnTheLastDay(long seed, LongToDoubleFunction more) {
        return Drift.of(scored(seed, more)).isPresent();
    }

    /** 28 days of training, and 72 that are scored. */
    private static List<Drift.Day> scored(long seed, LongToDoubleFunction more) {
        Rows all = MadeUpRoom.days(100, seed, more);
        Rows training = all.between(0, 28 * DAY);
        TrainedDetector detector =
                new TrainedDetector(new Training(training.seconds(), training.values(), new AlarmBudget(0.7)).model());
        double[] scores = new double[all.size()];
        for (int i = 0; i < all.size(); i++) {
            scores[i] = detector.next(all.second(i), all.value(i)).score();
        }
        int warm = all.firstFrom(9 * DAY);
        double usual = Drift.usual(Arrays.copyOfRange(scores, warm, training.size()));
        List<Drift.Day> days = new ArrayList<>();
        for (int day = 28; day < 100; day++) {
            int from = all.firstFrom(day * DAY);
            int to = all.firstFrom((day + 1) * DAY);
            days.add(new Drift.Day(
                    to - from,
                    Arrays.stream(scores, from, to).filter(s -> s > usual).count()));
        }
        return days;
    }
}
