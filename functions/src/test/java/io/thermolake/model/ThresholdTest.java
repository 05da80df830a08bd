package io.thermolake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thermolake.Settings;
import io.thermolake.fake.Lab;
import io.thermolake.model.training.Lesson;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {
    @Test
    void theStatisticsAreThoseOfAllScores() {
        assertThat(ScoreStatistics.of(new double[] {2, 4, 4, 4, 5, 5, 7, 9}))
                .isEqualTo(new ScoreStatistics(5, 2, 8, 4, 9, 9, 9, 9));
    }

    @ParameterizedTest
    @CsvSource({"3, 11", "0, 5", "2.5, 10"})
    void byDeviationsItLiesSoManyAboveTheMean(double deviations, double limit) {
        Threshold threshold = threshold(
                Map.of("THRESHOLD_METHOD", "deviations", "THRESHOLD_DEVIATIONS", "" + deviations),
                new double[] {2, 4, 4, 4, 5, 5, 7, 9});

        assertThat(threshold.model().forestAllowed()).isEqualTo(limit);
        assertThat(threshold.method())
                .isEqualTo("mean + %s standard deviations of the training scores"
                        .formatted(deviations == Math.rint(deviations) ? "" + (int) deviations : "" + deviations));
    }

    @Test
    void byTheAlarmBudgetItIsAboveAllTrainingScores() {
        double[] scores =
                new double[Lesson.of(RecipeTest.readings(20), 0.7).rows().size()];
        Arrays.setAll(scores, i -> 1 + (i % 24) / 100.0);
        scores[100] = 1.7;

        Threshold strict = threshold(Map.of("ALARM_BUDGET", "0.1"), scores);
        Threshold loose = threshold(Map.of("ALARM_BUDGET", "5"), scores);

        assertThat(limit(loose)).isGreaterThanOrEqualTo(1.7);
        assertThat(limit(strict)).isGreaterThan(limit(loose));
        assertThat(strict.method()).isEqualTo("0.1 false alarms a sensor-month");
    }

    @Test
    void aForestThatKnowsNothingHasALimitAllTheSame() {
        assertThat(limit(threshold(Map.of("THRESHOLD_METHOD", "deviations"), new double[] {0, 0})))
                .isPositive();
    }

    @Test
    void noScoresAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoreStatistics.of(new double[0]))
                .withMessageContaining("at least one");
        assertThatIllegalArgumentException().isThrownBy(() -> ScoreStatistics.of(new double[] {Double.NaN}));
    }

    private static Threshold threshold(Map<String, String> changed, double[] scores) {
        Settings settings = Lab.settings(changed);
        return Threshold.of(
                Recipes.of(RecipeTest.readings(20), settings, Trainer.EMBEDDED),
                Lesson.of(RecipeTest.readings(20), settings.detection().alarmBudget())
                        .training(),
                scores);
    }

    private static double limit(Threshold threshold) {
        Double limit = threshold.model().forestAllowed();
        return limit == null ? Double.NaN : limit;
    }
}
