package io.thermolake.local.athena;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.glue.model.Partition;

/** What lies in the raw zone is anybody's: a bad record, field, file or folder costs itself. */
class PoisonedRawZoneTest {
    private static final String RAW = "thermolake-raw";
    private static final String HOUR = "raw/live/year=2026/month=03/day=02/hour=00/";
    private static final String GOOD =
            "{\"timestamp\":\"2026-03-02 00:00:00\",\"room_id\":\"lab\",\"temperature\":20.5}\n";

    @TempDir
    Path data;

    private RawZone zone;

    @BeforeEach
    void open() {
        zone = new RawZone(data);
    }

    @AfterEach
    void close() {
        zone.close();
    }

    private void crawl() {
        assertThat(zone.crawl(RAW).status()).isEqualTo(LastCrawlStatus.SUCCEEDED);
    }

    @Test
    void keysThatDifferOnlyInCaseAreOneColumn() {
        zone.put(
                HOUR + "a",
                "{\"room_id\":\"attic\",\"Humidity\":40,\"temperature\":20}\n"
                        + "{\"room_id\":\"cellar\",\"humidity\":50.5,\"Temperature\":21}\n"
                        + "{\"ROOM_ID\":\"loft\",\"HUMIDITY\":1,\"humidity\":2,\"temperature\":22}\n");
        crawl();
        assertThat(zone.columns("raw_live")).containsExactly("room_id string", "humidity double", "temperature bigint");
        assertThat(zone.rows("SELECT room_id, humidity, temperature FROM raw_live ORDER BY temperature"))
                .containsExactly("attic 40.0 20", "cellar 50.5 21", "loft 2.0 22");
    }

    @Test
    void fieldsThatNoCatalogTakesAreLeftOutAndTheOthersAreRead() {
        zone.put(
                HOUR + "a",
                "{\"room_id\":\"lab\",\"a\\u0000b\":1,\"\":2,\" \":3,\"" + "x".repeat(10_000)
                        + "\":4,\"d.o.t\":5,\"q\\\"u'o\":6,\"sl/a~sh\":7,\"$d\":8,\"hour\":9,\"ümlaut\":10}\n");
        crawl();
        assertThat(zone.columns("raw_live"))
                .containsExactly(
                        "room_id string",
                        "d.o.t bigint",
                        "q\"u'o bigint",
                        "sl/a~sh bigint",
                        "$d bigint",
                        "ümlaut bigint");
        assertThat(zone.rows("SELECT * FROM raw_live")).containsExactly("lab 5 6 7 8 10 2026 03 02 00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json\n",
                "room_id,temperature\n",
                "\n\n",
                "\u0000\u0001\n",
                "[1,2]\n",
                "null\n",
                "{\"half\":\n",
                "\"text\"\n",
            })
    void aFirstLineThatIsNoRecordLeavesTheTableJson(String first) {
        zone.put(HOUR + "a", first + GOOD);
        crawl();
        assertThat(zone.rows("SELECT room_id, temperature FROM raw_live WHERE room_id IS NOT NULL"))
                .containsExactly("lab 20.5");
    }

    @Test
    void mostFilesSayWhatTheTableIs() {
        zone.put(HOUR + "0", "a,b\n1,2\n").put(HOUR + "1", new byte[] {0, 1, 2, (byte) 0xff, '\n', 7});
        for (int i = 2; i < 6; i++) {
            zone.put(HOUR + i, GOOD);
        }
        zone.put(HOUR + "9.parquet", "no parquet");
        crawl();
        assertThat(zone.rows("SELECT count(*) FROM raw_live WHERE room_id = 'lab'"))
                .containsExactly("4");
    }

    @Test
    void theNewestOfManyFilesBringItsColumns() {
        for (int i = 0; i < 130; i++) {
            zone.put(HOUR + "%03d".formatted(i), i < 129 ? GOOD : "{\"room_id\":\"lab\",\"co2\":400}\n");
        }
        crawl();
        assertThat(zone.columns("raw_live")).contains("co2 bigint");
        assertThat(zone.rows("SELECT count(*), max(co2) FROM raw_live")).containsExactly("130 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raw/live/stray.json",
                "raw/live/aaa/stray.json",
                "raw/live/year=2026/stray.json",
                "raw/live/day=1/year=2026/stray.json",
                "raw/live/year=2026/year=2026/year=2026/year=2026/stray.json",
                "raw/live/=x/\u0001=2/stray.json",
            })
    void anObjectOutsideItsHoursFolderBreaksNothingAlsoAfterItWasMoved(String stray) throws IOException {
        zone.put(stray, GOOD.replace("lab", "stray"));
        crawl();
        assertThat(zone.run("SELECT count(*) FROM alarms").status().stateAsString())
                .isEqualTo("SUCCEEDED");
        zone.put(HOUR + "a", GOOD).put(HOUR + "b", GOOD);
        crawl();
        assertThat(zone.keys("raw_live")).containsExactly("year", "month", "day", "hour");
        assertThat(zone.rows("SELECT room_id, hour FROM raw_live")).containsExactly("lab 00", "lab 00");
        zone.delete(stray).put(HOUR + "c", GOOD.replace("lab", "stray"));
        assertThat(zone.rows("SELECT count(*) FROM raw_live")).containsExactly("3");
        crawl();
        assertThat(zone.rows("SELECT count(*) FROM raw_live")).containsExactly("3");
        assertThat(zone.glue
                        .getPartitions(b -> b.databaseName("thermolake").tableName("raw_live"))
                        .partitions())
                .extracting(Partition::values)
                .contains(List.of("2026", "03", "02", "00"))
                .allMatch(values -> values.size() == 4);
    }

    @Test
    void aFolderBelowAnHourBelongsToTheHour() {
        zone.put(HOUR + "a", GOOD).put(HOUR + "deep/er/b", GOOD).put(HOUR + "minute=1/c", GOOD);
        crawl();
        assertThat(zone.rows("SELECT count(*) FROM raw_live WHERE hour = '00'")).containsExactly("3");
    }

    @Test
    void aPartitionWhoseFolderIsGoneHasNoRows() throws IOException {
        zone.put(HOUR + "a", GOOD).put(HOUR.replace("hour=00", "hour=01") + "b", GOOD);
        crawl();
        Files.delete(zone.file(HOUR + "a"));
        Files.delete(zone.file(HOUR));
        assertThat(zone.rows("SELECT hour FROM raw_live")).containsExactly("01");
    }

    @Test
    void aPartitionOfAnotherDepthIsRefused() {
        zone.put(HOUR + "a", GOOD);
        crawl();
        assertThat(zone.glue
                        .batchCreatePartition(b -> b.databaseName("thermolake")
                                .tableName("raw_live")
                                .partitionInputList(p -> p.values("2026")
                                        .storageDescriptor(s -> s.location("s3://" + RawZone.BUCKET + "/raw/live/"))))
                        .errors())
                .extracting(e -> e.errorDetail().errorCode())
                .containsExactly("InvalidInputException");
    }

    @Test
    void aLineWithoutEndIsReadWithinABound() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            byte[] part = new byte[1 << 20];
            Arrays.fill(part, (byte) 'x');
            for (int i = 0; i < 300; i++) {
                out.write(part);
            }
        }
        zone.put(HOUR + "0.gz", bomb.toByteArray()).put(HOUR + "1.gz", RawZone.gzip(GOOD));
        crawl();
        assertThat(zone.columns("raw_live")).contains("room_id string");
        assertThat(zone.refusal("SELECT count(*) FROM raw_live")).contains("0.gz");
        assertThat(zone.rows("SELECT count(*) FROM alarms")).containsExactly("0");
    }

    @Test
    void packingIsToldByTheContentAndADamagedFileIsNamed() throws IOException {
        byte[] packed = RawZone.gzip(GOOD);
        zone.put(HOUR + "a", packed).put(HOUR + "b.gz", GOOD).put(HOUR + "c.gz", packed);
        crawl();
        assertThat(zone.rows("SELECT count(*) FROM raw_live WHERE room_id = 'lab'"))
                .containsExactly("3");
        zone.put(HOUR + "d.gz", Arrays.copyOf(packed, packed.length - 12));
        crawl();
        assertThat(zone.refusal("SELECT count(*) FROM raw_live")).contains("hour=00/d.gz");
        assertThat(zone.rows("SELECT 1")).containsExactly("1");
    }

    @Test
    void aDamagedParquetIsNamedAndCostsItsOwnTable() {
        zone.put("raw/imported/history/a.parquet", "PAR1 no more");
        crawl();
        assertThat(zone.glue
                        .getTable(b -> b.databaseName("thermolake").name("raw_history"))
                        .table()
                        .parameters())
                .containsEntry("classification", "parquet");
        zone.glue.updateTable(b -> b.databaseName("thermolake")
                .tableInput(t -> t.name("raw_history")
                        .parameters(java.util.Map.of("classification", "parquet"))
                        .storageDescriptor(s -> s.location("s3://" + RawZone.BUCKET + "/raw/imported/history/")
                                .columns(c -> c.name("x").type("int")))));
        assertThat(zone.refusal("SELECT * FROM raw_history")).contains("raw/imported/history/a.parquet");
        assertThat(zone.rows("SELECT count(*) FROM alarms")).containsExactly("0");
    }

    @Test
    void eachCsvFileIsReadByItsOwnHeader() {
        zone.put("raw/imported/history/1.csv", "room_id,temperature,timestamp\nnorth,19.5,2026-03-02 00:00:00\n")
                .put("raw/imported/history/2.csv", "timestamp,Temperature,ROOM_ID\n2026-03-02 00:00:00,61.5,south\n")
                .put("raw/imported/history/3.csv", "temperature;room_id\n7.5;\"wes\nt\"\n")
                .put("raw/imported/history/4.csv", "sep=;\n\"room_id\";\"temperature\"\neast;8\n")
                .put("raw/imported/history/5.csv", "")
                .put("raw/imported/history/6.csv", "room_id,temperature\n")
                .put("raw/imported/history/7.csv", "room_id,temperature\nküche,9\n".getBytes(ISO_8859_1));
        crawl();
        assertThat(zone.rows("SELECT room_id, temperature FROM raw_history ORDER BY 2"))
                .containsExactly("wes\nt 7.5", "east 8.0", "küche 9.0", "north 19.5", "south 61.5");
    }

    @Test
    void aValueThatIsMissingSaysNothingOfItsColumn() {
        zone.put(HOUR + "a", "{\"room_id\":null,\"temperature\":null}\n" + GOOD + "{\"empty\":null}\n")
                .put("raw/imported/history/1.csv", "room_id,temperature,note\nlab,,\nlab,1.5,\n");
        crawl();
        assertThat(zone.columns("raw_live"))
                .containsExactly("room_id string", "temperature double", "timestamp string", "empty string");
        assertThat(zone.columns("raw_history")).containsExactly("room_id string", "temperature double", "note string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n", "mixed"})
    void allLineEndsEndALine(String end) {
        String csv = "room_id,temperature\nlab,1\nlab,2\r\nlab,3\rlab,4\n";
        zone.put(
                "raw/imported/history/a.csv",
                end.equals("mixed")
                        ? csv
                        : csv.replace("\r\n", "\n").replace("\r", "\n").replace("\n", end));
        crawl();
        assertThat(zone.columns("raw_history")).containsExactly("room_id string", "temperature bigint");
        assertThat(zone.rows("SELECT temperature FROM raw_history ORDER BY 1")).containsExactly("1", "2", "3", "4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a'b", "a\"b", "a*b", "a?b", "[ab]", "a[b", "a%20b", "a%", "Küche", "a b", "a{b,c}", "a\\b", "a;b",
                "a$b", "a#b", "-", "~"
            })
    void everyNameOfAFileIsRead(String name) {
        zone.put("raw/imported/history/" + name + ".csv", "room_id,temperature\nlab,1\n")
                .put("raw/imported/history/ab.csv", "room_id,temperature\nother,2\n")
                .put(HOUR + name, GOOD)
                .put("raw/imported/external_db/run=" + name + "/x", GOOD);
        crawl();
        assertThat(zone.rows("SELECT room_id FROM raw_history ORDER BY 1")).containsExactly("lab", "other");
        assertThat(zone.rows("SELECT room_id FROM raw_live")).containsExactly("lab");
        assertThat(zone.rows("SELECT room_id, run FROM raw_external_db")).containsExactly("lab " + name);
    }

    @Test
    void aColumnOfATypeThatIsNotReadCostsItselfAndIsRefusedByName() {
        zone.put(
                "typed/a",
                "{\"a\":[{\"x\":1}],\"m\":{\"k\":2},\"c\":\"cc\",\"s\":{\"y\":[1,2]},\"d\":\"1.5\",\"b\":\"00\"}\n");
        String location = "s3://" + RawZone.BUCKET + "/typed/";
        zone.glue.createTable(b -> b.databaseName("thermolake")
                .tableInput(t -> t.name("typed")
                        .parameters(java.util.Map.of("classification", "json"))
                        .storageDescriptor(s -> s.location(location)
                                .columns(
                                        c -> c.name("a").type("array<struct<x:int>>"),
                                        c -> c.name("m").type("map<string,bigint>"),
                                        c -> c.name("c").type("char(2)"),
                                        c -> c.name("s").type("struct<y:array<int>>"),
                                        c -> c.name("d").type("decimal(10,2)"),
                                        c -> c.name("b").type("binary")))));
        zone.glue.createTable(b -> b.databaseName("thermolake")
                .tableInput(t -> t.name("odd")
                        .parameters(java.util.Map.of("classification", "json"))
                        .storageDescriptor(s ->
                                s.location(location).columns(c -> c.name("u").type("uniontype<int>")))));
        assertThat(zone.rows("SELECT d FROM typed")).containsExactly("1.50");
        assertThat(zone.refusal("SELECT a FROM typed")).contains("array<struct<x:int>>", "column a");
        assertThat(zone.refusal("SELECT * FROM odd")).contains("column u").contains("uniontype<int>");
    }

    @Test
    void aStatementIsNotTouchedByTablesThatItDoesNotName() {
        zone.glue.createTable(b -> b.databaseName("thermolake")
                .tableInput(t -> t.name("odd")
                        .parameters(java.util.Map.of("classification", "csv"))
                        .storageDescriptor(s -> s.location("nowhere://x")
                                .columns(
                                        c -> c.name("a").type("nothing"),
                                        c -> c.name("A").type("nothing")))));
        assertThat(zone.rows("SELECT count(*) FROM alarms")).containsExactly("0");
        assertThat(zone.rows("SELECT count(*) FROM rooms r JOIN temperatures t ON t.room_id = r.room_id"))
                .containsExactly("0");
        assertThat(zone.refusal("SELECT * FROM odd")).isNotEmpty();
    }

    @Test
    void whatTheCatalogHasLostIsSaidUntilItIsBack() throws IOException {
        zone.put(HOUR + "a", GOOD);
        crawl();
        zone.close();
        Path partitions = data.resolve("state/glue/partitions");
        Path one;
        try (var files = Files.list(partitions)) {
            one = files.filter(f -> f.toString().contains("raw_live"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(one, "");
        for (int i = 0; i < 2; i++) {
            zone = new RawZone(data);
            assertThat(zone.refusal("SELECT count(*) FROM raw_live"))
                    .contains("has lost 'thermolake.raw_live/2026/03/02/00'")
                    .contains("--start-from CrawlRaw");
            assertThat(zone.rows("SELECT count(*) FROM alarms")).containsExactly("0");
            zone.close();
        }
        zone = new RawZone(data);
        crawl();
        assertThat(zone.rows("SELECT count(*) FROM raw_live")).containsExactly("1");
    }
}
