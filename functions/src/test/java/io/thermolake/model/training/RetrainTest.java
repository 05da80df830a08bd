package io.thermolake.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.model.promotion.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After the question of age: drift, and what was not put in use. */
class RetrainTest {
    private static final Instant NOW = Instant.parse("2026-03-31T02:00:00Z");
    private static final TrainingNeed DUE = new TrainingNeed(true, "old");
    private static final TrainingNeed FRESH = new TrainingNeed(false, "fresh");

    @Test
    void driftMakesAFreshModelOld() {
        assertThat(FRESH.orBy(Optional.of("drifted"))).isEqualTo(new TrainingNeed(true, "drifted"));
        assertThat(FRESH.orBy(Optional.empty())).isEqualTo(FRESH);
        assertThat(DUE.orBy(Optional.of("drifted"))).isEqualTo(DUE);
    }

    @ParameterizedTest
    @CsvSource({
        // how long ago a version was not put in use; forced; whether one is trained
        "      , false, true",
        "PT0S  , false, false",
        "PT23H , false, false",
        "PT23H , true,  true",
        "PT24H , false, true",
        "P9D   , false, true",
    })
    void whatWasNotPutInUseIsTriedAgainAfterADay(Duration ago, boolean forced, boolean needed) {
        Rejection last = ago == null ? null : new Rejection("v1", NOW.minus(ago), "run-0", "too many alarms");

        TrainingNeed need = DUE.unlessRejected(last, NOW, forced);

        assertThat(need.needed()).isEqualTo(needed);
        if (!needed) {
            assertThat(need.reason())
                    .isEqualTo("old, but v1 was not put in use (too many alarms); the next one is trained from "
                            + NOW.minus(ago).plus(Duration.ofDays(1)) + " on");
        }
    }

    @Test
    void aFreshModelIsFreshWhateverWasNotPutInUse() {
        assertThat(FRESH.unlessRejected(new Rejection("v1", NOW, "run-0", "r"), NOW, false))
                .isEqualTo(FRESH);
    }
}
