package io.thermolake.local.iot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSqlTest {
    private static final String READING =
            "{\"timestamp\":\"2026-03-29 00:00:00\",\"room_id\":\"lab\",\"temperature\":19.50,\"at\":{\"floor\":2}}";

    private static String select(String sql, String payload) {
        Message message = new Message(
                "rooms/lab/temperature", "sensor-1", payload.getBytes(UTF_8), 1774742400123L, () -> "uuid-1");
        return RuleSql.parse(sql).apply(message).map(Object::toString).orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "temperature                                 | {\"temperature\":19.50}",
                "temperature AS t, room_id                   | {\"t\":19.50,\"room_id\":\"lab\"}",
                "topic(2) AS topic_room                      | {\"topic_room\":\"lab\"}",
                "topic() AS topic                            | {\"topic\":\"rooms/lab/temperature\"}",
                "topic(9) AS nowhere, 1 AS one               | {\"one\":1}",
                "clientid() AS sensor                        | {\"sensor\":\"sensor-1\"}",
                "timestamp() AS received                     | {\"received\":1774742400123}",
                "newuuid() AS id                             | {\"id\":\"uuid-1\"}",
                "at.floor AS floor                           | {\"floor\":2}",
                "at.floor, room_id                           | {\"floor\":2,\"room_id\":\"lab\"}",
                "upper(room_id) AS room                      | {\"room\":\"LAB\"}",
                "encode(room_id, 'base64') AS d              | {\"d\":\"bGFi\"}",
                "missing, missing.deeper AS x, 'a''b' AS text | {\"text\":\"a'b\"}",
            })
    void selects(String items, String expected) {
        assertThat(select("SELECT " + items + " FROM 'rooms/+/temperature'", READING))
                .isEqualTo(expected);
    }

    @Test
    void everythingAndMoreKeepsNumbersAsTheyWereSent() {
        assertThat(select(
                        "SELECT *, topic(2) AS topic_room, clientid() AS sensor FROM 'rooms/+/temperature'",
                        "{\"temperature\":19.50,\"room_id\":\"lab\"}"))
                .isEqualTo(
                        "{\"temperature\":19.50,\"room_id\":\"lab\",\"topic_room\":\"lab\",\"sensor\":\"sensor-1\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "temperature > 19                               | true",
                "temperature >= 19.5                            | true",
                "temperature <> 19.5                            | false",
                "temperature < '20'                             | true",
                "room_id = 'lab'                                | true",
                "room_id = 'Lab'                                | false",
                "room_id > 5                                    | false",
                "missing = 1                                    | false",
                "NOT missing = 1                                | false",
                "room_id                                        | false",
                "isUndefined(missing)                           | true",
                "room_id = topic(2) AND NOT temperature > 60    | true",
                "temperature > 60 OR room_id = 'lab'            | true",
                "(temperature > 60 OR room_id = 'x') AND 1 = 1  | false",
                "at = 2                                         | false",
                "at.floor != 3                                  | true",
            })
    void conditionsHoldOrNot(String condition, boolean holds) {
        assertThat(select("SELECT 1 AS one FROM '#' WHERE " + condition, READING))
                .isEqualTo(holds ? "{\"one\":1}" : "nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM rooms                         | a text in quotes",
                "SELECT topic(2) FROM 'a'                    | AS and a name",
                "SELECT parse_time('x', 1) AS t FROM 'a'     | no function parse_time with 2 arguments",
                "SELECT encode(*, 'hex') AS t FROM 'a'       | 'base64' alone",
                "SELECT a + 1 AS b FROM 'a'                  | '+'",
                "SELECT VALUE * FROM 'a'                     | 'VALUE'",
                "SELECT CASE a WHEN 1 THEN 2 END AS b FROM 'a' | 'CASE'",
                "SELECT * FROM 'a' WHERE a IN [1]            | '['",
                "SELECT * FROM 'a' GROUP BY b                | 'GROUP'",
                "SELECT * FROM 'a/#/b'                       | is no topic filter",
                "DELETE FROM 'a'                             | SELECT",
            })
    void whatIsNotBuiltIsRefusedByName(String sql, String named) {
        assertThatThrownBy(() -> RuleSql.parse(sql))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({
        "rooms/+/temperature, rooms/lab/temperature, true",
        "rooms/+/temperature, rooms/lab/humidity, false",
        "rooms/+/temperature, rooms/lab/a/temperature, false",
        "rooms/#, rooms/lab/temperature, true",
        "rooms/#, rooms, true",
        "rooms/#, room, false",
        "+, rooms, true",
        "+, rooms/lab, false",
        "rooms/+, rooms, false",
        "#, a/b, true",
    })
    void filtersMatchAsInMqtt(String filter, String topic, boolean matches) {
        assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json   | no JSON",
                "[1]        | not one object",
                "{} {}      | no",
                "{'a':1}    | no JSON",
                "`` | no",
            })
    void aPayloadThatIsNoObjectIsAnErrorUnlessTheRuleEncodesIt(String payload, String error) {
        assertThatThrownBy(() -> select("SELECT * FROM '#'", payload))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining(error);
        assertThat(select("SELECT encode(*, 'base64') AS d, topic(2) AS room FROM '#'", payload))
                .contains("\"d\":\"", "\"room\":\"lab\"");
        assertThat(select("SELECT 1 AS one, field FROM '#' WHERE isUndefined(field) AND NOT field = 1", payload))
                .as("NOT Undefined is Undefined")
                .isEqualTo("nothing");
        assertThat(select("SELECT 1 AS one, field FROM '#' WHERE isUndefined(field)", payload))
                .isEqualTo("{\"one\":1}");
    }
}
