package io.thermolake.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingParserTest {
    private static final long LATEST = Instant.parse("2026-03-31T00:10:00Z").getEpochSecond();
    private static final String TIME = "\"timestamp\":\"2026-03-30 12:00:00\"";
    private static final String ROOM = "\"room_id\":\"lab\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "21.5      | 21.5",
                "-273.15   | -273.15",
                "-0.0      | 0.0",
                "0         | 0.0",
                "1e2       | 100.0",
                "\"21.5\"  | 21.5",
                "1E-3      | 0.001",
                "5e1       | 50.0",
                "\"+20.5\" | 20.5",
                "\".5\"    | 0.5",
                "\" 20.5\\u00a0\" | 20.5",
                "\"\\\"20.5\\\"\" | 20.5",
                "\"20.5 °C\" | 20.5",
                "\"20.5℃\" | 20.5",
                "\"68.9°F\" | 20.5",
                "\"-40 ℉\" | -40.0",
                "\"\u22125.5\" | -5.5",
            })
    void aGoodTemperatureIsRead(String json, double celsius) {
        assertThat(parse("{%s,%s,\"temperature\":%s}".formatted(TIME, ROOM, json)))
                .isEqualTo(new Parsed.Good(new Reading("lab", 1_774_872_000L, celsius)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NaN         | BAD_TEMPERATURE",
                "\"NaN\"     | BAD_TEMPERATURE",
                "Infinity    | BAD_TEMPERATURE",
                "-Infinity   | BAD_TEMPERATURE",
                "1e400       | BAD_TEMPERATURE",
                "-1e400      | BAD_TEMPERATURE",
                "true        | BAD_TEMPERATURE",
                "\"warm\"    | BAD_TEMPERATURE",
                "\"21,5\"    | BAD_TEMPERATURE",
                "\"21.5f\"   | BAD_TEMPERATURE",
                "\"21.5d\"   | BAD_TEMPERATURE",
                "\"0x1p3\"   | BAD_TEMPERATURE",
                "\"0X1P3\"   | BAD_TEMPERATURE",
                "\"21.5 C\"  | BAD_TEMPERATURE",
                "\".\"       | BAD_TEMPERATURE",
                "{\"c\":1}   | BAD_TEMPERATURE",
                "[21.5]      | BAD_TEMPERATURE",
                "12-3        | BAD_TEMPERATURE",
                "\"20.\"       | BAD_TEMPERATURE",
                "\"1,020.5\"   | BAD_TEMPERATURE",
                "\"20.5 K\"    | BAD_TEMPERATURE",
                "\"°C\"        | BAD_TEMPERATURE",
                "\"--5\"       | BAD_TEMPERATURE",
                "\" \"         | MISSING_TEMPERATURE",
                "-273.16     | BELOW_ABSOLUTE_ZERO",
                "-1e300      | BELOW_ABSOLUTE_ZERO",
                "null        | MISSING_TEMPERATURE",
                "\"\"        | MISSING_TEMPERATURE",
            })
    void aBadTemperatureHasItsReason(String json, Reason reason) {
        assertThat(parse("{%s,%s,\"temperature\":%s}".formatted(TIME, ROOM, json)))
                .isEqualTo(new Parsed.Quarantined(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null            | MISSING_ROOM",
                "\"\"            | MISSING_ROOM",
                "\"../x\"        | BAD_ROOM",
                "\"lab/x\"       | BAD_ROOM",
                "\"a b\"         | BAD_ROOM",
                "\" \"           | MISSING_ROOM",
                "\"\\u00a0\"      | MISSING_ROOM",
                "\"l ab\"        | BAD_ROOM",
                "\"läb\"         | BAD_ROOM",
                "\"lab.\"        | BAD_ROOM",
                "\"a=b\"         | BAD_ROOM",
                "\"\\u0000\"     | BAD_ROOM",
                "[\"lab\"]       | BAD_ROOM",
            })
    void aRoomThatIsNotOfTheAllowedFormHasItsReason(String json, Reason reason) {
        assertThat(parse("{%s,\"room_id\":%s,\"temperature\":21.5}".formatted(TIME, json)))
                .isEqualTo(new Parsed.Quarantined(reason));
    }

    @ParameterizedTest
    @CsvSource({"1,true", "64,true", "65,false", "10240,false"})
    void aRoomIdHasUpTo64Characters(int length, boolean allowed) {
        String room = "x".repeat(length);

        Parsed parsed = parse("{%s,\"room_id\":\"%s\",\"temperature\":21.5}".formatted(TIME, room));

        assertThat(parsed)
                .isEqualTo(
                        allowed
                                ? new Parsed.Good(new Reading(room, 1_774_872_000L, 21.5))
                                : new Parsed.Quarantined(Reason.BAD_ROOM));
    }

    @Test
    void aNewRoomIsWelcome() {
        assertThat(parse("{" + TIME + ",\"room_id\":\"Attic_2-b\",\"temperature\":21.5}"))
                .isInstanceOf(Parsed.Good.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null                      | MISSING_TIMESTAMP",
                "\"\"                      | MISSING_TIMESTAMP",
                "\"2026-02-30 00:00:00\"   | BAD_TIMESTAMP",
                "\"yesterday\"             | BAD_TIMESTAMP",
                "true                      | BAD_TIMESTAMP",
                "\"1970-01-01 00:00:07\"   | BAD_TIMESTAMP",
                "\"1999-12-31T23:59:59Z\"  | BAD_TIMESTAMP",
                "\"2000-01-01 00:00+01\"   | BAD_TIMESTAMP",
                "46082.3333                | BAD_TIMESTAMP",
                "7                         | BAD_TIMESTAMP",
                "\"2026-03-31 00:10:01\"   | FUTURE",
                "\"9999-12-31T23:59:59Z\"  | FUTURE",
                "99999999999               | FUTURE",
            })
    void aBadTimeHasItsReason(String json, Reason reason) {
        assertThat(parse("{\"timestamp\":%s,%s,\"temperature\":21.5}".formatted(json, ROOM)))
                .isEqualTo(new Parsed.Quarantined(reason));
    }

    @Test
    void tenMinutesAheadIsNotYetTheFuture() {
        assertThat(parse("{\"timestamp\":\"2026-03-31 00:10:00\"," + ROOM + ",\"temperature\":21.5}"))
                .isEqualTo(new Parsed.Good(new Reading("lab", LATEST, 21.5)));
    }

    @ParameterizedTest
    @CsvSource({"lab,true", "office,false", "'',false"})
    void aReadingThatNamesAnotherRoomThanItsTopicIsSpoofed(String topic, boolean good) {
        Parsed parsed = parse("{%s,%s,\"temperature\":21.5,\"topic_room\":\"%s\"}".formatted(TIME, ROOM, topic));

        assertThat(parsed instanceof Parsed.Good).isEqualTo(good);
        if (!good) {
            assertThat(parsed).isEqualTo(new Parsed.Quarantined(Reason.SPOOFED));
        }
    }

    @Test
    void furtherFieldsAreTolerated() {
        assertThat(parse("{" + TIME + "," + ROOM + ",\"temperature\":21.5,\"battery\":{\"volt\":3.1},\"tags\":[1]}"))
                .isInstanceOf(Parsed.Good.class);
    }

    @Test
    void theColumnsOfASourceAreNamedByItsTable() {
        RawRecord record = record("{\"ts\":1774872000,\"room\":\"lab\",\"value\":\"21.5\"}");

        assertThat(new ReadingParser(new Columns("ts", "room", "value"), LATEST, TemperatureRange.ANY).parse(record))
                .isEqualTo(new Parsed.Good(new Reading("lab", 1_774_872_000L, 21.5)));
    }

    @Test
    void anObjectWithoutFieldsMissesItsRoom() {
        assertThat(parse("{}")).isEqualTo(new Parsed.Quarantined(Reason.MISSING_ROOM));
    }

    @ParameterizedTest
    @CsvSource({
        "-90,    true",
        "100,    true",
        "84.9,   true",
        "85.01,  true",
        "-90.01, false",
        "100.1,  false",
        "85,     false",
        "85.0,   false",
        "8.5e1,  false",
        "185°F,  false",
        "-127,   false",
        "-9999,  false",
        "9999,   false",
        "1e308,  false",
    })
    void aValueThatNoRoomHasIsOutOfRange(String value, boolean good) {
        ReadingParser parser = new ReadingParser(Columns.OWN, LATEST, TemperatureRange.of("-90", "100", "85, -9999"));

        Parsed parsed = parser.parse(record("{%s,%s,\"temperature\":\"%s\"}".formatted(TIME, ROOM, value)));

        assertThat(parsed instanceof Parsed.Good).isEqualTo(good);
        if (!good) {
            assertThat(parsed).isEqualTo(new Parsed.Quarantined(Reason.OUT_OF_RANGE));
        }
    }

    @Test
    void withoutErrorValuesEightyFiveIsATemperature() {
        ReadingParser parser = new ReadingParser(Columns.OWN, LATEST, TemperatureRange.of("-90", "100", ""));

        assertThat(parser.parse(record("{%s,%s,\"temperature\":85}".formatted(TIME, ROOM))))
                .isInstanceOf(Parsed.Good.class);
        assertThat(parser.parse(record("{%s,%s,\"temperature\":-300}".formatted(TIME, ROOM))))
                .isEqualTo(new Parsed.Quarantined(Reason.BELOW_ABSOLUTE_ZERO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cold | 100  | 85   | MinTemperature must be a temperature",
                "-90  | 1e999 | 85  | MaxTemperature must be a temperature",
                "-90  | 100  | 85;1 | ErrorTemperatures must be a temperature",
                "100  | -90  | 85   | MinTemperature must be below MaxTemperature",
            })
    void aBadRangeNamesItsSetting(String least, String greatest, String errors, String message) {
        assertThatThrownBy(() -> TemperatureRange.of(least, greatest, errors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"TimeStamp\":1774872000,\"ROOM_ID\":\"lab\",\"Temperature\":21.5}",
                "{\"Temperature\":9,\"temperature\":21.5,\"timestamp\":1774872000,\"room_id\":\"lab\"}",
                "{\"temperature\":null,\"Temperature\":21.5,\"timestamp\":1774872000,\"room_id\":\"lab\"}",
                "{\"Humidity\":40,\"humidity\":41,\"temperature\":21.5,\"timestamp\":1774872000,\"room_id\":\"lab\"}",
                "{\"\\u0000\":1,\"a\\u0001b\":2,\"temperature\":21.5,\"timestamp\":1774872000,\"room_id\":\"lab\"}",
                "{\"temperature\":\" 21.5\\t\",\"timestamp\":\" 1774872000 \",\"room_id\":\" lab\\n\"}",
                "{\"temperature\":\"21.5\",\"timestamp\":\"\\ufeff1774872000\",\"room_id\":\"\\u00a0lab\\u200b\"}",
            })
    void namesAreFoundAsGlueFindsThemAndBlanksDoNotMatter(String json) {
        assertThat(parse(json)).isEqualTo(new Parsed.Good(new Reading("lab", 1_774_872_000L, 21.5)));
    }

    @Test
    void noRecordMakesTheParserThrow() {
        Random random = new Random(13);
        String signs = "0123456789-+:., eEfFdDxX°CF℉\u2212\u00A0\uFEFF\u0000\"\\{}[]";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int n = random.nextInt(9); n > 0; n--) {
                value.append(signs.charAt(random.nextInt(signs.length())));
            }
            Map<String, String> fields = new HashMap<>(
                    Map.of("timestamp", "2026-03-30", "room_id", "lab", "temperature", "20", "topic_room", "lab"));
            fields.put(List.of("timestamp", "room_id", "temperature").get(i % 3), value.toString());

            Parsed parsed = new ReadingParser(Columns.OWN, LATEST, TemperatureRange.of("-90", "100", "85"))
                    .parse(new RawRecord(1, "", fields, null));

            if (parsed instanceof Parsed.Good good) {
                assertThat(good.reading().celsius()).as(value.toString()).isBetween(-90.0, 100.0);
            }
        }
    }

    @Test
    void aBrokenRecordKeepsItsReason() {
        assertThat(parse("}{")).isEqualTo(new Parsed.Quarantined(Reason.MALFORMED));
    }

    private static Parsed parse(String json) {
        return new ReadingParser(Columns.OWN, LATEST, TemperatureRange.ANY).parse(record(json));
    }

    private static RawRecord record(String json) {
        return new RawFile(new ByteArrayInputStream(json.getBytes(UTF_8)), "json").next();
    }
}
