package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowsTest {
    private static final Rows ROWS = new Rows(new long[] {10, 20, 20, 40}, new double[] {1, 1.5, 1.5, 2});

    @Test
    void aTimesEndIsExcluded() {
        assertThat(ROWS.between(10, 20).seconds()).containsExactly(10);
        assertThat(ROWS.between(20, 41).seconds()).containsExactly(20, 20, 40);
        assertThat(ROWS.between(41, 100).size()).isZero();
        assertThat(ROWS.between(40, 10).size()).isZero();
    }

    @Test
    void laterOnesFollow() {
        Rows both = ROWS.and(new Rows(new long[] {50}, new double[] {3}));
        assertThat(both.seconds()).containsExactly(10, 20, 20, 40, 50);
        assertThat(both.value(4)).isEqualTo(3);
    }

    @Test
    void theStepIsTheLeastOneThatIsMade() {
        assertThat(ROWS.step()).isEqualTo(0.5);
        assertThat(new Rows(new long[] {1, 2}, new double[] {7, 7}).step()).isZero();
    }

    @Test
    void timesDoNotGoBack() {
        assertThatThrownBy(() -> new Rows(new long[] {2, 1}, new double[] {0, 0}))
                .hasMessage("row 1 of second 1 comes before the one of second 2");
        assertThatThrownBy(() -> new Rows(new long[] {2}, new double[] {0, 0}))
                .hasMessage("1 times cannot have 2 values");
    }
}
