package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TailTest {
    private final Tail tail = new Tail();

    private Tail filled(int rows) {
        Random random = new Random(1);
        for (int i = 0; i < rows; i++) {
            tail.next(random.nextDouble());
        }
        return tail;
    }

    @Test
    void withFewerThanThirtyBeforeItNothingIsRare() {
        filled(29);
        assertThat(tail.next(1e9)).isZero();
        assertThat(tail.next(1e9)).isPositive();
    }

    @Test
    void whatOneInTenExceedsHasTheRarityOne() {
        assertThat(filled(5000).next(0.9)).isCloseTo(1, within(0.05));
    }

    @Test
    void beyondTheGreatestTheTailGoesOn() {
        double near = filled(5000).next(1.2);
        assertThat(near).isGreaterThan(2);
        assertThat(new TailTest().filled(5000).next(1.4)).isGreaterThan(near);
        assertThat(tail.next(1e9)).isEqualTo(8);
    }

    @Test
    void whatIsNoNumberIsNotRareAndNotKept() {
        filled(5000);
        assertThat(tail.next(Double.NaN)).isZero();
    }

    @Test
    void amongEqualValuesAGreaterOneIsRareAndAnEqualOneIsNot() {
        for (int i = 0; i < 100; i++) {
            tail.next(3);
        }
        assertThat(tail.next(3)).isLessThan(0.01);
        assertThat(tail.next(4)).isGreaterThan(2);
    }

    @Test
    void whatIsLongPastDoesNotCount() {
        for (int i = 0; i < 8192; i++) {
            tail.next(100);
        }
        for (int i = 0; i < 8192; i++) {
            tail.next(i % 10);
        }
        assertThat(tail.next(50)).isGreaterThan(3);
    }
}
