package io.thermolake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, under a minute",
        "PT59S, under a minute",
        "PT1M, 1 min",
        "PT60M, 1 h",
        "PT6H18M, 6 h 18 min",
        "PT23H59M, 23 h 59 min",
        "PT24H, 1 day",
        "PT27H19M, 1 day 3 h",
        "P3D, 3 days",
        "PT-5M, under a minute"
    })
    void aDurationIsTwoUnitsAtMost(Duration duration, String words) {
        assertThat(Words.duration(duration)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"21.44, 21.4 °C", "-3.25, −3.2 °C", "-0.04, 0.0 °C", "0, 0.0 °C", "1234.5, 1234.5 °C"})
    void aTemperatureHasOneDecimalAndARealMinus(double temperature, String words) {
        assertThat(Words.celsius(temperature)).isEqualTo(words);
    }

    @Test
    void aSpanNamesTheDayOnce() {
        Instant at = Instant.parse("2026-03-30T08:11:00Z");

        assertThat(Words.span(at, at)).isEqualTo("30 Mar, 08:11");
        assertThat(Words.span(at, at.plusSeconds(3600))).isEqualTo("30 Mar, 08:11 to 09:11");
        assertThat(Words.span(at, at.plusSeconds(86_400))).isEqualTo("30 Mar, 08:11 to 31 Mar, 08:11");
    }

    @Test
    void countsAreGroupedAndAgree() {
        assertThat(Words.count(216_000)).isEqualTo("216,000");
        assertThat(Words.count(1, "alarm")).isEqualTo("1 alarm");
        assertThat(Words.count(0, "alarm")).isEqualTo("0 alarms");
    }
}
