package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnLevelTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void ofAGumbelDistributionItIsTheDistributionsOwn(long seed) {
        Random random = new Random(seed);
        double[] maxima = new double[20_000];
        for (int i = 0; i < maxima.length; i++) {
            maxima[i] = 2 - 0.5 * Math.log(-Math.log(random.nextDouble()));
        }
        double expected = 2 + 0.5 * Math.log(1e6);
        assertThat(ReturnLevel.of(maxima, 1e6)).as("seed %d", seed).isCloseTo(expected, within(0.15));
    }

    @Test
    void itIsNeverLessThanWhatWasSeen() {
        assertThat(ReturnLevel.of(new double[] {1, 1, 1, 1, 9}, 1.1)).isEqualTo(9);
        assertThat(ReturnLevel.of(new double[] {4}, 600)).isEqualTo(4);
    }
}
