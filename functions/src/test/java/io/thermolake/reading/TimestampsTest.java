package io.thermolake.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
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
        "1970-01-01 00:00:00,           1970-01-01T00:00:00Z",
        "2026-03-31,                    2026-03-31T00:00:00Z",
        "2026-03-31 02:00,              2026-03-31T02:00:00Z",
        "2026-03-31T02:00,              2026-03-31T02:00:00Z",
        "2026-03-31 2:00:00,            2026-03-31T02:00:00Z",
        "2026-3-1 8:00:00,              2026-03-01T08:00:00Z",
        "2026/03/31 02:00:00,           2026-03-31T02:00:00Z",
        "2026-03-31t02:00:00z,          2026-03-31T02:00:00Z",
        "2026-03-31 02:00:00Z,          2026-03-31T02:00:00Z",
        "2026-03-31 02:00:00 Z,         2026-03-31T02:00:00Z",
        "2026-03-31 02:00:00 UTC,       2026-03-31T02:00:00Z",
        "2026-03-31 02:00:00 GMT,       2026-03-31T02:00:00Z",
        "2026-03-31T04:00:00+0200,      2026-03-31T02:00:00Z",
        "2026-03-31T04:00:00+02,        2026-03-31T02:00:00Z",
        "2026-03-31 04:00:00+02:00,     2026-03-31T02:00:00Z",
        "2026-03-31 04:00:00 +0200,     2026-03-31T02:00:00Z",
        "2026-03-31 04:00+02,           2026-03-31T02:00:00Z",
        "2026-03-30T21:30:00−0430,      2026-03-31T02:00:00Z",
        "2026-03-31 04:00:00.123456+02:00, 2026-03-31T02:00:00Z",
        "'2026-03-31T02:00:00,123Z',    2026-03-31T02:00:00Z",
        "2026-03-31T02:00:00.1234567890123456789Z, 2026-03-31T02:00:00Z",
        "20260331T020000Z,              2026-03-31T02:00:00Z",
        "20260331T0200+0000,            2026-03-31T02:00:00Z",
        "2026-03-31T20:00:00+18:00,     2026-03-31T02:00:00Z",
        "1774922400999999,              2026-03-31T02:00:00Z",
        "1774922400999999999,           2026-03-31T02:00:00Z",
        "946684800,                     2000-01-01T00:00:00Z",
        "2000-01-01,                    2000-01-01T00:00:00Z",
        "' \u00A02026-03-31 02:00:00\uFEFF ', 2026-03-31T02:00:00Z",
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
                "2026-02-30 00:00:00",
                "2026-02-30T00:00:00Z",
                "2027-02-29 00:00:00",
                "2026-13-01 00:00:00",
                "2026-04-31T00:00:00",
                "2026-03-31 24:00:00",
                "2026-03-31T24:00:00Z",
                "2026-03-31 23:59:60",
                "2026-03-31T23:59:60Z",
                "2026-03-31  02:00:00",
                "31.03.2026 02:00:00",
                "03/31/2026 02:00:00",
                "2026-03-31T02:00:00+25:00",
                "1969-12-31 23:59:59",
                "-1",
                "0",
                "7",
                "46082.3333333333",
                "946684799",
                "946684799999",
                "20260331",
                "03/01/2026 08:00:00 AM",
                "3/1/2026 12:05 PM",
                "13/03/2026 08:00",
                "08-12-2018 09:30",
                "2026-03/31 02:00:00",
                "2026-00-10",
                "2026-03-31 02:00:00 CET",
                "2026-03-31 02:00:00  +0200",
                "2026-03-31 02:00:60",
                "2026-03-31 02:60",
                "2026-03-31T02:00:00+18:01",
                "2026-03-31T02:00:00+02:60",
                "10000-01-01 00:00:00",
                "+2026-03-31",
                "99999999999999999999",
                "2026-03-31 02:00:00\u0000",
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

    @Test
    void aTimeThatIsWrittenInAnyFormIsReadBack() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            long second = 946_684_800L + (long) (random.nextDouble() * 3_000_000_000L);
            LocalDateTime utc = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
            int minutes = random.nextInt(2 * 18 * 60 + 1) - 18 * 60;
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(minutes * 60);
            LocalDateTime there = utc.plusMinutes(minutes);
            String zone = offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
            for (String text : List.of(
                    Timestamps.text(second),
                    String.valueOf(second),
                    second + "." + random.nextInt(1000),
                    String.valueOf(second * 1000 + random.nextInt(1000)),
                    String.valueOf(second * 1_000_000 + random.nextInt(1_000_000)),
                    Instant.ofEpochSecond(second).toString(),
                    there.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME) + zone,
                    there.format(DateTimeFormatter.ofPattern("uuuu/M/d H:mm:ss")) + " " + zone.replace(":", ""))) {
                assertThat(Timestamps.epochSecond(text)).as(text).hasValue(second);
            }
        }
    }

    @Test
    void noTextMakesTheReaderThrow() {
        Random random = new Random(12);
        String signs = "0123456789-+:., TtZz/eEUC\u2212\u00A0\uFEFF\u0000\uD83D\u0661";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "2026-03-31T02:00:00+02:00" : "1774922400");
            for (int n = random.nextInt(6); n > 0; n--) {
                char sign = signs.charAt(random.nextInt(signs.length()));
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, sign);
                    case 1 -> text.insert(at, sign);
                    default -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(4)));
                }
            }
            OptionalLong second = Timestamps.epochSecond(text.toString());
            if (second.isPresent()) {
                assertThat(Timestamps.epochSecond(Timestamps.text(second.getAsLong())))
                        .as(text.toString())
                        .isEqualTo(second);
            }
        }
    }
}
