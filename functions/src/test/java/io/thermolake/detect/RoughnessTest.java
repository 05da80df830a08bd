package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoughnessTest {
    private final Roughness roughness = new Roughness();

    @Test
    void aSlopeHasNone() {
        double last = 1;
        for (int i = 0; i < 20; i++) {
            last = roughness.next(i * 60L, 0.5 * i, false);
        }
        assertThat(last).isZero();
    }

    @Test
    void valuesThatJumpHaveAsMuchAsTheyJump() {
        double last = 0;
        for (int i = 0; i < 20; i++) {
            last = roughness.next(i * 60L, i % 2, false);
        }
        assertThat(last).isEqualTo(2);
    }

    @Test
    void nothingIsComparedOverAGap() {
        for (int i = 0; i < 20; i++) {
            roughness.next(i * 60L, 1, false);
        }
        assertThat(roughness.next(90_000, 50, true)).isZero();
        assertThat(roughness.next(90_060, 50, false)).isZero();
    }

    @Test
    void itIsOverAnHourLater() {
        roughness.next(0, 0, false);
        roughness.next(60, 9, false);
        for (int i = 2; i < 80; i++) {
            roughness.next(i * 60L, 9, false);
        }
        assertThat(roughness.next(80 * 60L, 9, false)).isZero();
    }
}
