package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamDetectorTest {
    private static double[] scores(StreamDetector detector, double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> detector.next(Series.second(i), values[i]).score())
                .toArray();
    }

    @Test
    void theSameSeedGivesTheSameScores() {
        double[] values = Series.values(6, 1, second -> 0);
        double[] scores = scores(new StreamDetector(7), values);
        assertThat(scores(new StreamDetector(7), values)).isEqualTo(scores);
        assertThat(scores(new StreamDetector(8), values)).isNotEqualTo(scores);
        assertThat(Arrays.stream(scores)).allMatch(score -> score >= 0 && score <= 1);
    }

    @Test
    void whatComesLaterChangesNothing() {
        double[] values = Series.values(6, 1, second -> 0);
        int rows = values.length / 2;
        double[] other = values.clone();
        Arrays.fill(other, rows, other.length, 99);
        assertThat(Arrays.copyOf(scores(new StreamDetector(7), other), rows))
                .isEqualTo(Arrays.copyOf(scores(new StreamDetector(7), values), rows));
    }

    @Test
    void aFaultIsAnAnomalyAndMostRowsAreNot() {
        long fault = 5 * Series.DAY + 3 * 3600;
        double[] values = Series.values(6, 1, second -> second >= fault && second < fault + 7200 ? 6 : 0);
        double[] scores = scores(StreamDetector.withoutForest(), values);
        int row = (int) (fault / Series.STEP);
        assertThat(Arrays.stream(scores, row, row + 12).max().orElse(0)).isGreaterThan(Verdict.THRESHOLD);
        assertThat(Arrays.stream(scores, 0, row)
                        .filter(s -> s > Verdict.THRESHOLD)
                        .count())
                .isLessThan(row / 25);
    }
}
