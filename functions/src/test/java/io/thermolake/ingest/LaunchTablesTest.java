package io.thermolake.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.reading.Columns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTablesTest {
    @ParameterizedTest
    @CsvSource({
        "STARTING,  RUNNING",
        "WAITING,   RUNNING",
        "RUNNING,   RUNNING",
        "STOPPING,  RUNNING",
        "NEW_STATE, RUNNING",
        "SUCCEEDED, SUCCEEDED",
        "STOPPED,   FAILED",
        "FAILED,    FAILED",
        "TIMEOUT,   FAILED",
        "ERROR,     FAILED",
        "EXPIRED,   FAILED"
    })
    void onlySucceededIsSuccess(String state, JobProgress progress) {
        assertThat(JobProgress.of(state)).isEqualTo(progress);
    }

    @ParameterizedTest
    @CsvSource({
        "0,              G.1X, 2",
        "1,              G.1X, 2",
        "2147483647,     G.1X, 2",
        "2147483648,     G.1X, 3",
        "17179869184,    G.1X, 10",
        "19327352832,    G.2X, 6",
        "21474836480,    G.2X, 6",
        "1099511627776,  G.2X, 50",
        "9223372036854775807, G.2X, 50"
    })
    void workersGrowWithTheBytes(long bytes, String type, int number) {
        assertThat(Workers.forBytes(bytes)).isEqualTo(new Workers(type, number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp,room_id,temperature | timestamp | room_id | temperature",
                "Temperature,Room_ID,Timestamp | Timestamp | Room_ID | Temperature",
                "ts,room,value                 | ts        | room    | value",
                "Temperature,timestamp,temperature,ROOM_ID,room_id | timestamp | room_id | temperature",
                "value,temperature,time,roomid | time      | roomid  | temperature",
            })
    void columnsAreFoundByTheirNames(String columns, String timestamp, String room, String temperature) {
        assertThat(ColumnNames.of("raw_live", List.of(columns.split(","))))
                .isEqualTo(new Columns(timestamp, room, temperature));
    }

    @ParameterizedTest
    @CsvSource({"nonsense, false", "'', false", "nonsense;ROOM, true", "temperature, true"})
    void aTableWithNoneOfTheNamesIsOfNoReadings(String columns, boolean readings) {
        assertThat(ColumnNames.anyIn(List.of(columns.split(";")))).isEqualTo(readings);
    }

    @Test
    void aTableThatLacksAColumnIsNamedWithWhatItHas() {
        assertThatThrownBy(() -> ColumnNames.of("raw_live", List.of("when", "room_id", "temperature")))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("raw_live has no column that is one of [timestamp")
                .hasMessageEndingWith("it has [when, room_id, temperature]");
    }
}
