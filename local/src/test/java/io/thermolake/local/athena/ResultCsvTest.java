package io.thermolake.local.athena;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultCsvTest {
    @Test
    void aResultsNullsAndQuotesComeBack() {
        assertThat(ResultCsv.parse("\"a\",\"b\"\n,\"x \"\"y\"\", z\"\n\"\",\"1\"\n"))
                .isEqualTo(List.of(List.of("a", "b"), Arrays.asList(null, "x \"y\", z"), List.of("", "1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"decimal(12,3) | decimal | 12 | 3", "varchar | varchar |  |", "timestamp | timestamp |  |"})
    void aDecimalsDigitsAreInTheMetadata(String kept, String type, Integer precision, Integer scale) {
        assertThat(ResultColumn.info("a", kept))
                .satisfies(info -> assertThat(info.type()).isEqualTo(type))
                .satisfies(info -> assertThat(info.precision()).isEqualTo(precision))
                .satisfies(info -> assertThat(info.scale()).isEqualTo(scale));
    }
}
