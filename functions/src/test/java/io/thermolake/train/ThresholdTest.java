package io.thermolake.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {
    @Test
    void theStatisticsAreThoseOfAllScores() {
        assertThat(ScoreStatistics.of(new double[] {2, 4, 4, 4, 5, 5, 7, 9}))
                .isEqualTo(new ScoreStatistics(5, 2, 8, 9));
    }

    @ParameterizedTest
    @CsvSource({"3, 11", "0, 5", "2.5, 10"})
    void theThresholdLiesSoManyDeviationsAboveTheMean(double deviations, double threshold) {
        assertThat(Threshold.of(new ScoreStatistics(5, 2, 8, 9), deviations).value())
                .isEqualTo(threshold);
    }

    @Test
    void theMethodIsToldInWords() {
        ScoreStatistics scores = new ScoreStatistics(1, 1, 1, 1);

        assertThat(Threshold.of(scores, 3).method()).isEqualTo("mean + 3 standard deviations of the training scores");
        assertThat(Threshold.of(scores, 2.5).method())
                .isEqualTo("mean + 2.5 standard deviations of the training scores");
    }

    @Test
    void aFlatSeriesHasAThresholdAtItsMean() {
        assertThat(Threshold.of(ScoreStatistics.of(new double[] {0.5, 0.5, 0.5}), 3)
                        .value())
                .isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void ofOrdinaryScoresFewLieAboveThreeDeviations(long seed) {
        double[] scores = new Random(seed).doubles(10_000, 0.6, 1.4).toArray();
        double threshold = Threshold.of(ScoreStatistics.of(scores), 3).value();

        assertThat(java.util.Arrays.stream(scores).filter(s -> s > threshold).count())
                .as("seed %d", seed)
                .isZero();
        assertThat(threshold).as("seed %d", seed).isCloseTo(1 + 3 * 0.8 / Math.sqrt(12), within(0.02));
    }

    @Test
    void noScoresAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoreStatistics.of(new double[0]))
                .withMessageContaining("at least one");
        assertThatIllegalArgumentException().isThrownBy(() -> ScoreStatistics.of(new double[] {Double.NaN}));
    }
}
