package io.thermolake.asl.internal.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, 0",
        "1.0, 1",
        "-1.0, -1",
        "100.0, 100",
        "1.5, 1.5",
        "0.1, 0.1",
        "0.0001, 0.0001",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "-1.5e-9, -1.5e-9",
        "123456789.5, 123456789.5",
        "9007199254740992.0, 9007199254740992",
        "123456789012345680.0, 123456789012345680",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.25e300, 1.25e+300",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "4.9e-324, 5e-324",
        "2e-3, 0.002",
        "2.0e23, 2e+23",
    })
    void aNumberIsWrittenAsJavaScriptWritesIt(double number, String text) {
        assertThat(NumberText.of(number)).isEqualTo(text);
    }

    @Test
    void whatIsWrittenIsReadAsTheSameNumber() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertThat(Double.parseDouble(NumberText.of(number))).isEqualTo(number);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.30000000000000004, 0.3", "1.23456789012345678, 1.23456789012346", "1e-7, 1e-7"})
    void aNumberIsRoundedToSignificantDigits(double number, double rounded) {
        assertThat(NumberText.rounded(number, 15)).isEqualTo(rounded);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1.0", "0.0001, 0.0001", "1e20, 100000000000000000000", "1e21, 1e+21"})
    void jsonKeepsTheFractionOfAWholeNumberThatHasOne(double number, String text) {
        assertThat(Json.text(number)).isEqualTo(text);
    }
}
