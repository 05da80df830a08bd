package io.thermolake.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thermolake.fake.Lab;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningDaysTest {
    @ParameterizedTest
    @CsvSource({
        // now, window, held back, first day, last day
        "2026-03-31T00:00:00Z, P30D, P7D, 2026-02-22, 2026-03-23",
        "2026-03-31T23:59:59Z, P30D, P7D, 2026-02-22, 2026-03-23",
        "2026-03-31T02:00:00Z, P30D, P0D, 2026-03-01, 2026-03-30",
        "2026-03-31T02:00:00Z, P1D,  P0D, 2026-03-30, 2026-03-30",
        "2026-03-31T02:00:00Z, PT1H, P0D, 2026-03-30, 2026-03-30",
    })
    void wholeDaysBeforeThoseHeldBackAreLearnedFrom(
            Instant now, String window, String heldBack, LocalDate first, LocalDate last) {
        assertThat(LearningDays.before(now, Lab.settings(Map.of("TRAINING_WINDOW", window, "HOLD_BACK", heldBack))))
                .isEqualTo(new LearningDays(first, last));
    }

    @Test
    void theyHoldTheirFirstAndTheirLast() {
        LearningDays days = new LearningDays(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-02"));

        assertThat(days.hold(days.first())).isTrue();
        assertThat(days.hold(days.last())).isTrue();
        assertThat(days.hold(days.first().minusDays(1))).isFalse();
        assertThat(days.hold(days.last().plusDays(1))).isFalse();
    }

    @Test
    void noDaysAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningDays(LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-01")));
    }
}
