package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A value every ten minutes that rises by one from 6 to 12 each day, and is still else. */
class StillnessTest {
    private static final int DAYS = 20;
    private static final int ROWS_A_DAY = (int) (Series.DAY / Series.STEP);

    private static double usual(long second) {
        double hour = second % Series.DAY / 3600.0;
        return Math.round(10 * Math.max(0, Math.min(1, (hour - 6) / 6))) / 10.0;
    }

    private static Stillness after(int days) {
        Stillness stillness = new Stillness();
        for (int i = 0; i < days * ROWS_A_DAY; i++) {
            stillness.next(Series.second(i), usual(Series.second(i)), false);
        }
        return stillness;
    }

    /** What is said at this hour of the day after, when one value is repeated from the other hour on. */
    private static double said(Stillness stillness, int days, double from, double to, boolean gap) {
        double said = 0;
        for (long second = days * Series.DAY; second < days * Series.DAY + to * 3600; second += Series.STEP) {
            boolean stuck = second >= days * Series.DAY + from * 3600;
            said = stillness.next(second, stuck ? 7 : usual(second), gap && second % 3600 == 0);
        }
        return said;
    }

    @Test
    void oneValueWhileTheOtherDaysRoseIsAsStrangeAsTheirRise() {
        assertThat(said(after(DAYS), DAYS, 7, 11.2, false)).isBetween(0.4, 0.7);
    }

    @Test
    void oneValueWhenAllDaysAreStillIsNot() {
        assertThat(said(after(DAYS), DAYS, 14, 23, false)).isZero();
    }

    @Test
    void aMoveAnHourEarlyOrLateIsAllowed() {
        assertThat(said(after(DAYS), DAYS, 11, 13, false)).isZero();
    }

    @Test
    void aGapEndsTheRunSinceNobodyKnowsWhatWasThere() {
        assertThat(said(after(DAYS), DAYS, 7, 11.2, true)).isZero();
    }

    @Test
    void inTheFirstWeekNothingIsSaid() {
        assertThat(said(after(5), 5, 7, 11.2, false)).isNaN();
    }
}
