package io.thermolake.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
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
                "\" lab\"        | BAD_ROOM",
                "\"lab\\n\"      | BAD_ROOM",
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

        assertThat(new ReadingParser(new Columns("ts", "room", "value"), LATEST).parse(record))
                .isEqualTo(new Parsed.Good(new Reading("lab", 1_774_872_000L, 21.5)));
    }

    @Test
    void anObjectWithoutFieldsMissesItsRoom() {
        assertThat(parse("{}")).isEqualTo(new Parsed.Quarantined(Reason.MISSING_ROOM));
    }

    @Test
    void aBrokenRecordKeepsItsReason() {
        assertThat(parse("}{")).isEqualTo(new Parsed.Quarantined(Reason.MALFORMED));
    }

    private static Parsed parse(String json) {
        return new ReadingParser(Columns.OWN, LATEST).parse(record(json));
    }

    private static RawRecord record(String json) {
        return new RawFile(new ByteArrayInputStream(json.getBytes(UTF_8)), "json").next();
    }
}
