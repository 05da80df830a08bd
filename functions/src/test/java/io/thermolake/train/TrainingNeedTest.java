package io.thermolake.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingNeedTest {
    private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    @ParameterizedTest
    @CsvSource({
        "P0D,        false, false, the model in use is 0 minutes old; a new one is due after 30 days",
        "P30D,       false, false, the model in use is 30 days old; a new one is due after 30 days",
        "P30DT1M,    false, true,  'the model in use is 30 days old, older than 30 days'",
        "P400D,      false, true,  'the model in use is 400 days old, older than 30 days'",
        "PT3H,       true,  true,  forced",
        "P-1D,       false, false, the model in use is 0 minutes old; a new one is due after 30 days",
    })
    void aModelIsTrainedAnewWhenItIsOldOrForced(Duration age, boolean forced, boolean needed, String reason) {
        assertThat(TrainingNeed.byAge(card(NOW.minus(age)), NOW, MONTH, forced))
                .isEqualTo(new TrainingNeed(needed, reason));
    }

    @Test
    void aRoomWithoutAModelNeedsOne() {
        assertThat(TrainingNeed.byAge(null, NOW, MONTH, false)).isEqualTo(new TrainingNeed(true, "no model yet"));
    }

    @ParameterizedTest
    @CsvSource({
        "0,    false, 'too little data: 0 readings, 1440 needed'",
        "120,  false, 'too little data: 120 readings, 1440 needed'",
        "1439, false, 'too little data: 1439 readings, 1440 needed'",
        "1440, true,  no model yet",
    })
    void tooLittleDataMakesNoModel(long readings, boolean needed, String reason) {
        assertThat(TrainingNeed.byAge(null, NOW, MONTH, false).given(readings, 1440))
                .isEqualTo(new TrainingNeed(needed, reason));
    }

    @Test
    void aFreshModelIsNotAskedForItsData() {
        TrainingNeed fresh = TrainingNeed.byAge(card(NOW), NOW, MONTH, false);

        assertThat(fresh.given(0, 1440)).isEqualTo(fresh);
    }

    private static ModelCard card(Instant trainedAt) {
        return new ModelCard(
                "lab",
                "v",
                trainedAt,
                trainedAt,
                trainedAt,
                1440,
                List.of(),
                Map.of(),
                "models/lab/v/j/output/model.tar.gz",
                2,
                "",
                new ScoreStatistics(1, 1, 1, 1));
    }
}
