package io.thermolake.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-31 02:00:00,           2026-03-31T02:00:00Z",
        "2026-03-31 02:00:00.999999,    2026-03-31T02:00:00Z",
        "2026-03-31T02:00:00,           2026-03-31T02:00:00Z",
        "2026-03-31T02:00:00.5,         2026-03-31T02:00:00Z",
        "2026-03-31T02:00:00Z,          2026-03-31T02:00:00Z",
        "2026-03-31T02:00:00.999Z,      2026-03-31T02:00:00Z",
        "2026-03-31T02:00:00+02:00,     2026-03-31T00:00:00Z",
        "2026-03-31T02:00:00-05:30,     2026-03-31T07:30:00Z",
        "2026-03-31T02:00Z,             2026-03-31T02:00:00Z",
        "2028-02-29 00:00:00,           2028-02-29T00:00:00Z",
        "1774922400,                    2026-03-31T02:00:00Z",
        "1774922400.9,                  2026-03-31T02:00:00Z",
        "1774922400000,                 2026-03-31T02:00:00Z",
        "1774922400999,                 2026-03-31T02:00:00Z",
        "1.7749224E9,                   2026-03-31T02:00:00Z",
        "0,                             1970-01-01T00:00:00Z",
        "1970-01-01 00:00:00,           1970-01-01T00:00:00Z",
    })
    void aTimeOfAnyAllowedFormIsRead(String text, Instant time) {
        assertThat(Timestamps.epochSecond(text)).hasValue(time.getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "2026-03-31",
                "2026-02-30 00:00:00",
                "2026-02-30T00:00:00Z",
                "2027-02-29 00:00:00",
                "2026-13-01 00:00:00",
                "2026-04-31T00:00:00",
                "2026-03-31 24:00:00",
                "2026-03-31T24:00:00Z",
                "2026-03-31 23:59:60",
                "2026-03-31T23:59:60Z",
                "2026-03-31 2:00:00",
                "2026-03-31  02:00:00",
                "31.03.2026 02:00:00",
                "03/31/2026 02:00:00",
                "2026-03-31T02:00:00+25:00",
                "1969-12-31 23:59:59",
                "-1",
                "NaN",
                "Infinity",
                "1e400",
                "1e18",
                "0x1p30",
                "1774922400f",
                "1774922400d",
                "１７７４９２２４００",
                "2026-03-31 02:00:00 and a text that is much too long"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(Timestamps.epochSecond(text)).isEmpty();
    }

    @Test
    void theLakesOwnTextIsReadBack() {
        assertThat(Timestamps.text(1_774_922_400L)).isEqualTo("2026-03-31 02:00:00");
        assertThat(Timestamps.epochSecond(Timestamps.text(1_774_922_459L))).hasValue(1_774_922_459L);
    }
}
