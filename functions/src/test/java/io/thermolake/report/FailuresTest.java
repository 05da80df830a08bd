package io.thermolake.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "io.thermolake.model.training.TrainingFailedException | no instances. | TrainingFailedException, no instances",
                "States.Timeout | | Timeout",
                " | too slow | too slow",
                " | | ''",
                "E | {\"errorMessage\":\"no instances\",\"errorType\":\"E\",\"stackTrace\":[]} | E, no instances",
                "E | {\"other\":1} | E, {\"other\":1}",
                "E | {broken | E, {broken",
            })
    void aCauseIsToldInWords(String error, String cause, String words) {
        assertThat(Failures.words(error, cause)).isEqualTo(words);
    }

    @Test
    void aLongCauseIsCut() {
        assertThat(Failures.words(null, "x".repeat(10_000))).hasSize(501).endsWith("x…");
    }
}
