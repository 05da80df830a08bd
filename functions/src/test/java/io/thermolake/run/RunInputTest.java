package io.thermolake.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.RecordJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunInputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"slot\":\"2026-03-31T02:00:00Z\"}",
                "{\"now\":\"2026-03-31\"}",
                "{\"now\":\"2026-03-31T04:00:00+02:00\"}",
                "{\"startFrom\":\"ImportHistory\"}",
                "{\"startFrom\":\"CrawlRaw\"}",
                "{\"startFrom\":\"ExtractRooms\"}",
                "{\"startFrom\":\"Detect\"}",
                "{\"startFrom\":\"Report\"}",
                "{\"from\":\"2026-03-31\",\"to\":\"2026-03-31\"}",
                "{\"from\":\"2026-03-31T00:00:00Z\",\"to\":\"2026-03-31T00:00:01Z\"}",
                "{\"rooms\":[]}",
                "{\"rooms\":[\"lab\",\"Attic_2-b\"],\"force\":true}",
                "{\"startedBy\":\"history\"}",
                "{\"startedBy\":\"history\",\"now\":\"2026-03-31\"}",
            })
    void whatIsAllowedIsTaken(String json) {
        RunInput input = read(json);

        assertThat(input.checked()).isEqualTo(input);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"startFrom\":\"Extract\"}                          | no step 'Extract' to start from; a run may start from ImportHistory, CrawlRaw, ExtractRooms, Detect, Report",
                "{\"startFrom\":\"\"}                                 | no step '' to start from",
                "{\"startFrom\":\"CommitRun\"}                        | no step 'CommitRun' to start from",
                "{\"from\":\"2026-04-01\",\"to\":\"2026-03-31\"}      | from (2026-04-01) must be before to (2026-03-31)",
                "{\"from\":\"2026-03-31T00:00:00Z\",\"to\":\"2026-03-31T00:00:00Z\"} | must be before to",
                "{\"from\":\"2026-02-30\"}                            | from is '2026-02-30', which is neither a date such as",
                "{\"to\":\"tomorrow\"}                                | to is 'tomorrow'",
                "{\"now\":\"31.3.2026\"}                              | now is '31.3.2026'",
                "{\"slot\":\"\"}                                      | slot is ''",
                "{\"rooms\":[\"../x\"]}                               | '../x' is no room: a room's id is 1 to 64 letters, digits, '-' or '_'",
                "{\"rooms\":[\"lab\",\"\"]}                           | '' is no room",
                "{\"startedBy\":\"me\"}                            | startedBy is 'me', but only 'history' is known",
                "{\"startedBy\":\"history\",\"force\":false}         | startedBy 'history' imports whatever is new, so of the other inputs it takes only now",
                "{\"startedBy\":\"history\",\"slot\":\"2026-03-31\"} | it takes only now",
                "{\"startedBy\":\"history\",\"rooms\":[]}            | it takes only now",
                "{\"startedBy\":\"history\",\"from\":\"2026-03-31\"} | it takes only now",
                "{\"startedBy\":\"history\",\"to\":\"2026-03-31\"}   | it takes only now",
                "{\"startedBy\":\"history\",\"startFrom\":\"Report\"} | it takes only now",
                "{\"rooms\":[null]}                                   | 'null' is no room",
            })
    void whatIsNotAllowedIsToldInOneSentence(String json, String sentence) {
        assertThatThrownBy(() -> read(json).checked())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void theLastDateBelongsToTheRun() {
        RunInput input = read("{\"from\":\"2026-03-30\",\"to\":\"2026-03-31\"}");

        assertThat(input.fromTime()).isEqualTo(Instant.parse("2026-03-30T00:00:00Z"));
        assertThat(input.toTime()).isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
        assertThat(read("{\"to\":\"2026-03-31T12:00:00Z\"}").toTime()).isEqualTo(Instant.parse("2026-03-31T12:00:00Z"));
    }

    @Test
    void forceIsForceOnlyWhenItIsTrue() {
        assertThat(read("{\"force\":true}").forced()).isTrue();
        assertThat(read("{\"force\":false}").forced()).isFalse();
        assertThat(RunInput.none().forced()).isFalse();
    }

    private static RunInput read(String json) {
        return new RecordJson().fromJson(json, RunInput.class);
    }
}
