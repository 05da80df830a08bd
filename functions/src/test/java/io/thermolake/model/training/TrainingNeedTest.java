package io.thermolake.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.model.Recipe;
import io.thermolake.model.Recipes;
import io.thermolake.model.Trainer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
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
        assertThat(TrainingNeed.byAge(recipe(NOW.minus(age)), NOW, MONTH, Trainer.SAGEMAKER, forced))
                .isEqualTo(new TrainingNeed(needed, reason));
    }

    @Test
    void aRoomWithoutAModelNeedsOne() {
        assertThat(TrainingNeed.byAge(null, NOW, MONTH, Trainer.SAGEMAKER, false))
                .isEqualTo(new TrainingNeed(true, "no model yet"));
    }

    @ParameterizedTest
    @CsvSource({
        "0,  false, 'too little data: readings on 0 days to learn from, 14 needed'",
        "13, false, 'too little data: readings on 13 days to learn from, 14 needed'",
        "14, true,  no model yet",
    })
    void tooLittleDataMakesNoModel(int days, boolean needed, String reason) {
        assertThat(TrainingNeed.byAge(null, NOW, MONTH, Trainer.SAGEMAKER, false)
                        .given(days, 14))
                .isEqualTo(new TrainingNeed(needed, reason));
    }

    @Test
    void aFreshModelIsNotAskedForItsData() {
        TrainingNeed fresh = TrainingNeed.byAge(recipe(NOW), NOW, MONTH, Trainer.SAGEMAKER, false);

        assertThat(fresh.given(0, 14)).isEqualTo(fresh);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // in use, why not the stack's, now, needed
                "SAGEMAKER, -,     SAGEMAKER, false",
                "EMBEDDED,  -,     EMBEDDED,  false",
                "SAGEMAKER, -,     EMBEDDED,  true",
                "EMBEDDED,  -,     SAGEMAKER, true",
                "EMBEDDED,  quota, SAGEMAKER, false",
                "EMBEDDED,  quota, EMBEDDED,  false",
            })
    void anotherDetectorNeedsAnotherModelUnlessItWasFallenBackFrom(
            Trainer inUse, @Nullable String fallback, Trainer now, boolean needed) {
        Recipe recipe = Recipes.recipe("lab", "v", NOW, inUse, fallback);

        assertThat(TrainingNeed.byAge(recipe, NOW, MONTH, now, false).needed()).isEqualTo(needed);
    }

    private static Recipe recipe(Instant trainedAt) {
        return Recipes.recipe("v", trainedAt);
    }
}
