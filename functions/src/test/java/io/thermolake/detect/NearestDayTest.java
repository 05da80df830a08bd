package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NearestDayTest {
    private final NearestDay nearest = new NearestDay(3600);

    private double last(int fromDay, int days, double offset, long shift) {
        double distance = Double.NaN;
        for (int row = 0; row < days * 144; row++) {
            long second = fromDay * Series.DAY + row * Series.STEP;
            double hour = Math.floorMod(second - shift, Series.DAY) / 3600.0;
            distance = nearest.next(second, (hour >= 7 && hour < 18 ? 21 : 18) + offset)[0];
        }
        return distance;
    }

    @Test
    void onTheFirstDayThereIsNothingToCompareWith() {
        assertThat(last(0, 1, 0, 0)).isNaN();
    }

    @Test
    void aDayLikeTheOnesBeforeIsNear() {
        last(0, 3, 0, 0);
        assertThat(last(3, 1, 0, 0)).isZero();
    }

    @Test
    void aClockChangeIsNear() {
        last(0, 3, 0, 0);
        assertThat(last(3, 1, 0, 3600)).isLessThan(0.1);
    }

    @Test
    void anOffsetIsAsFarAsItIsGreat() {
        last(0, 3, 0, 0);
        assertThat(last(3, 1, 2, 0)).isCloseTo(2, within(0.01));
        assertThat(last(4, 1, -2, 0)).isCloseTo(2, within(0.01));
    }

    @Test
    void whatWasThereOnceIsNearFourWeeksAndThenFar() {
        last(0, 1, 5, 0);
        last(1, 27, 0, 0);
        assertThat(last(28, 1, 5, 0)).as("28 days later").isLessThan(0.01);
        NearestDayTest later = new NearestDayTest();
        later.last(0, 1, 5, 0);
        later.last(1, 28, 0, 0);
        assertThat(later.last(29, 1, 5, 0)).as("29 days later").isCloseTo(5, within(0.05));
    }

    @Test
    void aGapOfWeeksForgetsEverything() {
        last(0, 3, 0, 0);
        assertThat(last(60, 1, 0, 0)).isNaN();
    }
}
