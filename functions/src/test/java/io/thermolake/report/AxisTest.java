package io.thermolake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {
    @Test
    void itsTicksAreRound() {
        assertThat(Axis.over(17.2, 30.1).ticks()).containsExactly(15.0, 20.0, 25.0, 30.0, 35.0);
        assertThat(Axis.over(-5.8, -0.2).ticks()).containsExactly(-6.0, -4.0, -2.0, 0.0);
    }

    @Test
    void aRoomThatNeverChangesHasAnAxisToo() {
        Axis axis = Axis.over(20, 20);

        assertThat(axis.most()).isGreaterThan(axis.least());
        assertThat(axis.below(20)).isBetween(0.2, 0.8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void everyValueLiesOnIt(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            double lowest = random.nextGaussian() * Math.pow(10, random.nextInt(5) - 2);
            double highest = lowest + Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(5) - 2);
            Axis axis = Axis.over(lowest, highest);

            assertThat(axis.below(highest))
                    .as("seed %d: %s to %s", seed, lowest, highest)
                    .isBetween(0.0, 1.0);
            assertThat(axis.below(lowest))
                    .as("seed %d: %s to %s", seed, lowest, highest)
                    .isBetween(0.0, 1.0);
            assertThat(axis.ticks())
                    .as("seed %d: %s to %s", seed, lowest, highest)
                    .hasSizeBetween(2, 7);
        }
    }
}
