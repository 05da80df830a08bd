package io.thermolake.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnDataTest {
    @TempDir
    Path folder;

    private final FakeHistory s3 = new FakeHistory();

    private long put(OwnData own, Path file) {
        HistoryFile read = HistoryFile.of(file, own, folder.resolve("copy"));
        new HistoryPut(s3, "b").put(read);
        return read.rows();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("mine.csv"), text);
    }

    @Test
    void theHeaderGetsOurNamesAndTheRowsStayAsTheyAre() throws IOException {
        long lines =
                put(new OwnData("zeit", "wert", "raum"), file("\uFEFF\"raum\",zeit,wert,extra\nlab,1,2,x\n\nbroken\n"));
        assertThat(lines).isEqualTo(2);
        assertThat(s3.objects)
                .containsExactly(Map.entry(
                        "raw/history/mine.csv", "room_id,timestamp,temperature,extra\nlab,1,2,x\n\nbroken\n"));
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
        Path file = file("a,b\n1,2\n");
        assertThatThrownBy(() -> put(new OwnData("timestamp", "temperature", "room_id"), file))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("has no column 'timestamp'; it has a, b. Name yours with --timestamp");
    }

    @ParameterizedTest
    @CsvSource({"'Temp, °F'", "temp_f", "Temperature (F)", "Fahrenheit", "°f", "t [F]"})
    void aColumnInFahrenheitIsNotReadAsCelsius(String name) throws IOException {
        Path file = file("timestamp,room_id,\"" + name + "\"\n1,lab,68\n");
        assertThatThrownBy(() -> put(new OwnData("timestamp", name, "room_id"), file))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("seems to be in °F");
    }

    @ParameterizedTest
    @CsvSource({"temp", "Temp °C", "value_of", "staff", "roof"})
    void aColumnWithAnotherNameIsTaken(String name) throws IOException {
        assertThat(put(new OwnData("timestamp", name, "room_id"), file("timestamp,room_id," + name + "\n1,lab,20\n")))
                .isEqualTo(1);
    }

    @Test
    void aMissingFileIsSaidInOneSentence() {
        assertThatThrownBy(() -> OwnData.check(folder.resolve("none.csv")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("There is no file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // header, --timestamp, --value, --room, header under our names
                "timestamp,room_id,celsius,temperature | timestamp | celsius | room_id | timestamp,room_id,temperature,temperature_2",
                "timestamp,room_id,Temperature,celsius | timestamp | celsius | room_id | timestamp,room_id,Temperature_2,temperature",
                "Timestamp,temperature_2,time,temperature,c,room | time | c | room | Timestamp_2,temperature_2,timestamp,temperature_3,temperature,room_id",
                "Time Stamp, Room_ID ,TEMPERATURE | timestamp | temperature | room_id | timestamp,room_id,temperature",
                "t,T,v,r | T | v | r | t,timestamp,temperature,room_id",
                "timestamp,room_id,temperature,note,Note, | timestamp | temperature | room_id | timestamp,room_id,temperature,note,Note_2,column_6",
            })
    void eachOptionTakesItsColumnAndNoTwoHaveOneName(
            String header, String timestamp, String value, String room, String named) {
        assertThat(String.join(
                        ",",
                        new OwnData(timestamp, value, room)
                                .named(Path.of("f"), List.of(header.split(",", -1)))
                                .names()))
                .isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Timestamp,TIMESTAMP,temperature,room_id | timestamp | temperature | more than one column 'timestamp'",
                "timestamp,temperature,temperature,room_id | timestamp | temperature | more than one column 'temperature'",
                "time,temperature,room_id | time | time | are not three columns",
            })
    void anOptionThatCouldMeanTwoColumnsIsRefused(String header, String timestamp, String value, String told) {
        assertThatThrownBy(
                        () -> new OwnData(timestamp, value, "room_id").named(Path.of("f"), List.of(header.split(","))))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(told);
    }

    @Test
    void twoFilesOfOneNameAreBothKeptAndTheSameContentIsPutOnce() throws IOException {
        OwnData own = new OwnData("timestamp", "temperature", "room_id");
        String header = "timestamp,room_id,temperature\n";
        put(own, file(header + "2026-03-02 00:00:00,a,20.0\n"));
        put(own, file(header + "2026-03-02 00:00:00,b,20.0\n"));
        HistoryPut.Put again = new HistoryPut(s3, "b")
                .put(HistoryFile.of(file(header + "2026-03-02 00:00:00,a,20.0\n"), own, folder.resolve("copy")));
        assertThat(again).isEqualTo(new HistoryPut.Put("raw/history/mine.csv", false));
        assertThat(s3.objects.keySet()).containsExactlyInAnyOrder("raw/history/mine.csv", "raw/history/mine-2.csv");
        assertThat(s3.objects.get("raw/history/mine-2.csv")).contains(",b,");
    }

    @ParameterizedTest
    @CsvSource({
        "export.csv, export.csv",
        "export.csv.gz, export.csv",
        "Küche März.TSV, Kuche_Marz.csv",
        "_hidden.csv, hidden.csv",
        ".csv, history.csv",
        "a..b[1]{x}*.txt.bz2, a..b_1_x_.csv",
        "'a\nb', a_b.csv",
        "温度.csv, history.csv",
    })
    void aNameInTheLakeHasSignsThatEveryToolTakes(String file, String name) {
        assertThat(ObjectName.of(file)).isEqualTo(name);
    }

    @Test
    void aLongNameIsCutWithRoomForWhatAStoreAddsToIt() {
        assertThat(ObjectName.of("x".repeat(251) + ".csv")).hasSize(124).endsWith(".csv");
    }
}
