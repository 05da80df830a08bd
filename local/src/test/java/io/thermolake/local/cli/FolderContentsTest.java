package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderContentsTest {
    private static final Instant CLOCK = Instant.parse("2026-11-24T10:00:00Z");
    private static final String MANIFEST = """
            {"number":1,"runId":"r","now":"2026-03-31T00:00:00Z","committedAt":"%s",
             "partitions":[{"date":"%s","runId":"r","attempt":1,"rooms":{"%s":2}}],"consumed":[],
             "counts":{"read":2,"clean":2},"crawledSchemas":{}}""";

    @TempDir
    Path data;

    private Path file(String name, String text) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, UTF_8);
    }

    private Path object(String key, String text) throws IOException {
        return file("s3/lake/" + key, text);
    }

    private FolderContents contents() {
        return FolderContents.of(data);
    }

    @Test
    void theSampleGoesIntoAFolderWithNothingInIt() throws IOException {
        assertThat(contents()).isEqualTo(new FolderContents(false, null));
        object("reports/none.html", "");
        object("raw/history/.hidden", "");
        file("state/firehose/live/000000000000-1.spool", "");
        assertThat(contents().takesSample()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "own-data, files or a database of yours",
        "sensors, readings of ./thermolake sensor",
        "s3/lake/raw/history/mine.csv, raw/history/mine.csv",
        "s3/lake/raw/live/2026/03/02/10/x, raw/live/2026/03/02/10/x",
        "s3/lake/manifests/000000001.json, a lake",
        "state/firehose/live/000000000000-1.spool, readings that Firehose has not delivered yet",
    })
    void whateverIsThereBeforeTheSampleIsTheUsersOwn(String name, String own) throws IOException {
        file(name, "x");
        assertThat(contents()).isEqualTo(new FolderContents(false, own));
        assertThat(contents().takesSample()).isFalse();
    }

    @Test
    void aSampleThatAKillCutOffIsSentAgain() throws IOException {
        file("sample.begun", "");
        object("raw/history/2026-03-01.csv", "x");
        object("raw/live/2026/03/02/10/x", "x");
        assertThat(contents()).isEqualTo(new FolderContents(true, null));
    }

    @ParameterizedTest
    @CsvSource({
        "raw/history/mine.csv, 2026-03-02, lab, raw/history/mine.csv",
        "raw/history/2026-03-21.csv, 2026-03-02, lab, raw/history/2026-03-21.csv",
        "raw/history/2026-03-20.csv, 2026-03-02, cellar, readings of the room cellar",
        "raw/history/2026-03-20.csv, 2026-11-24, lab, readings of 2026-11-24",
        "raw/history/2026-03-20.csv, 2026-03-30, lab, ",
    })
    void whatTheSampleHasNotSentIsOwnBesideIt(String key, String date, String room, String own) throws IOException {
        file("sample.json", "{}");
        object(key, "x");
        object("manifests/000000001.json", MANIFEST.formatted("2026-03-31T00:00:00Z", date, room));
        assertThat(contents()).isEqualTo(new FolderContents(true, own));
        assertThat(contents().mixedWarning(data).isPresent()).isEqualTo(own != null);
        assertThatThrownBy(() -> contents().refuseBesideSample(data, "your own data"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("holds the sample; give your own data another one with --data FOLDER");
    }

    @Test
    void readingsThatCameToTheSampleAndNoRunHasReadAreOwn() throws IOException {
        file("sample.json", "{}");
        object("raw/live/2026/03/29/x", live("2026-03-30 23:59:00", "20") + live("2036-03-29 05:00:00", "20"));
        assertThat(contents().withArrived(data.resolve("s3/lake"), CLOCK).isMixed())
                .isFalse();
        object("raw/live/2026/11/24/x", live("2026-11-24 09:00:00", "20"));
        assertThat(contents().withArrived(data.resolve("s3/lake"), CLOCK).own()).isEqualTo("readings of 2026-11-24");
    }

    private static String live(String time, String temperature) {
        return "{\"timestamp\":\"%s\",\"room_id\":\"lab\",\"temperature\":\"%s\"}\n".formatted(time, temperature);
    }

    private Optional<Instant> newest() {
        return new NewestReading(data.resolve("s3/lake"), CLOCK.plusSeconds(600), CLOCK.minusSeconds(86400)).find();
    }

    @Test
    void theNewestReadingIsAGoodOneOfTheLakeOrOfWhatCameSince() throws IOException {
        assertThat(newest()).isEmpty();
        object(
                "raw/history/a.csv",
                "timestamp,room_id,temperature\n2026-03-02 11:00:00,lab,20\n2036-01-01 00:00:00,lab,20\n2026-05-01 00:00:00,lab,\nx,lab,20\n");
        assertThat(newest()).contains(Instant.parse("2026-03-02T11:00:00Z"));
        object("manifests/000000001.json", MANIFEST.formatted(Instant.now().plusSeconds(7200), "2026-03-05", "lab"));
        object(
                "rooms/room_id=lab/date=2026-03-05/run=r/attempt=1/x.csv",
                "timestamp,temperature\n2026-03-05 01:00:00,20.0\n");
        assertThat(newest()).as("of the lake").contains(Instant.parse("2026-03-05T01:00:00Z"));
        object(
                "manifests/000000002.json",
                MANIFEST.formatted("2026-03-06T00:00:00Z", "2026-03-05", "lab")
                        .replace("\"number\":1", "\"number\":2"));
        object("raw/live/2026/11/24/x", live("2026-11-24 09:00:00", "20"));
        assertThat(newest()).as("of today").contains(Instant.parse("2026-11-24T09:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T11:00:00Z, 2026-03-02T11:01:00Z",
        "2026-03-30T23:59:30Z, 2026-03-31T00:00:00Z",
        "2026-11-23T09:59:59Z, 2026-11-23T10:00:00Z",
        "2026-11-23T10:00:00Z, ",
        "2026-11-24T10:05:00Z, ",
        ", ",
    })
    void thePresentIsJustAfterTheNewestReadingWhenThatIsMoreThanADayOld(Instant newest, String now) {
        Present present = Present.of(Optional.ofNullable(newest), CLOCK);
        assertThat(present.now()).isEqualTo(now);
        assertThat(present.told() == null).isEqualTo(now == null);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                            true",
        "sensors,                                       true",
        "sensors s3/lake/raw/live/x,                    true",
        "own-data,                                      false",
        "own-data sensors,                              false",
        "s3/lake/raw/history/mine.csv,                  false",
    })
    void moreIsMadeUpOnlyWhereNothingIsTheUsersOwn(String files, boolean takes) throws IOException {
        for (String name : files.isEmpty() ? new String[0] : files.split(" ")) {
            file(name, "x");
        }

        assertThat(contents().takesMadeUpReadings()).isEqualTo(takes);
    }
}
