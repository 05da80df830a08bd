package io.thermolake.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.lake.RoomReading;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomCsvTest {
    @Test
    void readsWhatTheRoomJobWrites() {
        assertThat(RoomCsv.parse("k", "timestamp,temperature\n2026-03-01 00:00:00,21.5\n2026-03-01 00:01:00,-1.0E-5\n"))
                .containsExactly(
                        new RoomReading("2026-03-01 00:00:00", 21.5), new RoomReading("2026-03-01 00:01:00", -1e-5));
        assertThat(RoomCsv.parse("k", "timestamp,temperature\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01 00:00:00",
                "2026-03-01 00:00:00,",
                "2026-03-01 00:00:00,warm",
                "2026-03-01 00:00:00,NaN",
                "2026-03-01T00:00:00Z,21.5",
                ""
            })
    void aLineOfAnotherFormIsNamedWithItsPlace(String line) {
        assertThatThrownBy(() -> RoomCsv.parse(
                        "rooms/x.csv",
                        "timestamp,temperature\n2026-03-01 00:00:00,1\n" + line + "\n2026-03-01 00:02:00,1\n"))
                .isInstanceOf(PipelineException.class)
                .hasMessageStartingWith("Line 3 of rooms/x.csv is not 'timestamp,temperature' but '" + line + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-03-01 00:00:00,21.5\n", "time,temp\n"})
    void aFileWithoutItsHeaderIsNotTakenForData(String csv) {
        assertThatThrownBy(() -> RoomCsv.parse("rooms/x.csv", csv))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("rooms/x.csv does not begin with the header");
    }

    @Test
    void aTimestampAndItsTimeAreTheSame() {
        Instant at = Instant.parse("2026-03-01T23:59:58Z");

        assertThat(RoomReading.timestamp(at)).isEqualTo("2026-03-01 23:59:58");
        assertThat(RoomReading.at("2026-03-01 23:59:58")).isEqualTo(at);
    }
}
