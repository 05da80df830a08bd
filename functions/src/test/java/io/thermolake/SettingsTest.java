package io.thermolake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.fake.Lab;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void theEnvironmentIsReadWhole() {
        Settings settings = Lab.settings(Map.of("ENDPOINT_MODE", "keep", "DATABASE_CRAWLER", "db"));

        assertThat(settings.lake().bucket()).isEqualTo("lake");
        assertThat(settings.sageMaker().keepEndpoint()).isTrue();
        assertThat(settings.crawlers().database()).isEqualTo("db");
        assertThat(settings.forest().numTrees()).isEqualTo(100);
        assertThat(settings.jobs().databaseOverlap()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.lake().maxQuarantineRatio()).isEqualTo(0.5);
    }

    @Test
    void aStackWithoutADatabaseHasNoCrawlerForIt() {
        assertThat(Lab.settings().crawlers().database()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BUCKET",
                "DATABASE",
                "WORKGROUP",
                "HISTORY_CRAWLER",
                "RAW_CRAWLER",
                "ROOM_JOB",
                "TOPIC_ARN",
                "PIPELINE_ARN",
                "SAGEMAKER_ROLE_ARN",
                "KMS_KEY_ARN",
                "RCF_IMAGE",
                "TRAINING_INSTANCE_TYPE",
                "ENDPOINT_INSTANCE_TYPE",
                "ENDPOINT_MODE",
                "NUM_TREES",
                "NUM_SAMPLES_PER_TREE",
                "DETECTOR",
                "ALARM_BUDGET",
                "THRESHOLD_METHOD",
                "THRESHOLD_DEVIATIONS",
                "COOL_DOWN",
                "TRAINING_WINDOW",
                "HOLD_BACK",
                "MODEL_MAX_AGE",
                "MIN_TRAINING_DAYS",
                "DATABASE_EVERY",
                "DATABASE_OVERLAP",
                "MAX_QUARANTINE_RATIO",
                "CRAWL_TIMEOUT",
                "JOB_TIMEOUT",
                "TRAINING_TIMEOUT"
            })
    void aVariableThatIsNotSetIsNamed(String name) {
        assertThatThrownBy(() -> Lab.settings(Map.of(name, " ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("environment variable " + name + " is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "ENDPOINT_MODE,         always,   'one of per-run, keep'",
        "NUM_TREES,             49,       'from 50',",
        "NUM_TREES,             1001,     'to 1000'",
        "NUM_TREES,             75.5,     'whole number'",
        "NUM_TREES,             many,     'from 50'",
        "NUM_TREES,             NaN,      'from 50'",
        "NUM_SAMPLES_PER_TREE,  0,        'from 1'",
        "NUM_SAMPLES_PER_TREE,  2049,     'to 2048'",
        "THRESHOLD_DEVIATIONS,  -1,       'from 0'",
        "DETECTOR,              none,     'one of sagemaker, embedded'",
        "THRESHOLD_METHOD,      maximum,  'one of alarm-budget, deviations'",
        "ALARM_BUDGET,          0,        'from 0.01'",
        "MIN_TRAINING_DAYS,     10,       'from 11'",
        "HOLD_BACK,             7,        'PT2H or P30D'",
        "MAX_QUARANTINE_RATIO,  1.1,      'to 1'",
        "MAX_QUARANTINE_RATIO,  50%,      'to 1'",
        "COOL_DOWN,             30 min,   'PT2H or P30D'",
        "TRAINING_WINDOW,       30,       'PT2H or P30D'",
        "MODEL_MAX_AGE,         P1M,      'PT2H or P30D'",
        "DATABASE_EVERY,        -P1D,     'PT2H or P30D'",
        "DATABASE_OVERLAP,      2h,       'PT2H or P30D'",
        "CRAWL_TIMEOUT,         ten,      'PT2H or P30D'",
        "JOB_TIMEOUT,           -PT1S,    'PT2H or P30D'",
        "TRAINING_TIMEOUT,      P,        'PT2H or P30D'",
        "DATABASE_EVERY,        PT24S,    'at least PT5M'",
        "CRAWL_TIMEOUT,         PT1M,     'at least PT5M'",
    })
    void aBadValueIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
        assertThatThrownBy(() -> Lab.settings(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("environment variable " + name + " must be")
                .hasMessageContaining(allowed)
                .hasMessageEndingWith("but is '" + value + "'");
    }
}
