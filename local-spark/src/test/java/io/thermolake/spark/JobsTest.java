package io.thermolake.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.glue.GlueContext;
import com.google.gson.Gson;
import io.thermolake.extract.ExternalDbImportJob;
import io.thermolake.extract.RoomExtractJob;
import io.thermolake.reading.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jobs on a real Spark, with a folder as S3. */
class JobsTest {
    @TempDir
    static Path root;

    private static SparkSession spark;
    private static int runs;

    private final List<Map<String, Object>> inputs = new ArrayList<>();
    private final List<Map<String, String>> base = new ArrayList<>();
    private Path bucket = root;
    private String run = "";

    @BeforeAll
    static void start() throws IOException {
        spark = Sessions.start(root, Files.createDirectories(root.resolve("scratch")));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void freshBucket() throws IOException {
        run = "r" + ++runs;
        bucket = Files.createDirectories(root.resolve("bucket-" + run));
    }

    private void put(String key, byte[] bytes) throws IOException {
        Path file = bucket.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private void input(String key, Source source, String text) throws IOException {
        input(key, source, text.getBytes(UTF_8));
    }

    private void input(String key, Source source, byte[] bytes) throws IOException {
        put(key, bytes);
        inputs.add(Map.of(
                "object",
                key,
                "source",
                source.key(),
                "format",
                key.endsWith(".csv") ? "csv" : "json",
                "timestamp",
                "timestamp",
                "room_id",
                "room_id",
                "temperature",
                "temperature",
                "size",
                bytes.length));
    }

    private static String reading(String room, String time, String temperature) {
        return "{\"timestamp\":\"2026-03-0" + time + "\",\"room_id\":\"" + room + "\",\"temperature\":" + temperature
                + "}\n";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private Map<?, ?> extract(int attempt, String... more) throws IOException {
        Gson gson = new Gson();
        put(
                "inputs.jsonl",
                String.join("\n", inputs.stream().map(gson::toJson).toList()).getBytes(UTF_8));
        put(
                "base.jsonl",
                String.join("\n", base.stream().map(gson::toJson).toList()).getBytes(UTF_8));
        List<String> arguments = new ArrayList<>(List.of(
                "--JOB_NAME", "rooms",
                "--run_id", run,
                "--attempt", String.valueOf(attempt),
                "--bucket", "bucket-" + run,
                "--inputs", "inputs.jsonl",
                "--base_partitions", "base.jsonl",
                "--now", "2026-03-05T00:00:00Z"));
        arguments.addAll(Arrays.asList(more));
        SparkSession.setActiveSession(spark);
        RoomExtractJob.main(arguments.toArray(String[]::new));
        Path result = bucket.resolve("runs/" + run + "/extract/attempt=" + attempt + "/result.json");
        return gson.fromJson(Files.readString(result), Map.class);
    }

    private static Map<?, ?> counts(Map<?, ?> result) {
        return (Map<?, ?>) result.get("counts");
    }

    private List<Path> files(String prefix, String suffix) throws IOException {
        Path folder = bucket.resolve(prefix);
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
        }
    }

    @Test
    void readingsBecomeOneSortedFileADateAndACsvARoom() throws IOException {
        input("raw/live/a", Source.LIVE, reading("lab", "2 00:01:00", "20.5") + reading("lab", "1 00:00:00", "20.25"));
        input(
                "raw/live/b.gz",
                Source.LIVE,
                gzip(reading("lab", "2 00:00:00", "\"20\"") + reading("attic", "2 00:00:00", "9")));
        Map<?, ?> result = extract(1);
        assertThat(counts(result))
                .isEqualTo(Map.of(
                        "read",
                        4.0,
                        "clean",
                        4.0,
                        "quarantined",
                        Map.of(),
                        "duplicates",
                        0.0,
                        "conflicts",
                        0.0,
                        "outOfScope",
                        0.0));
        assertThat(files("lake/temperatures/date=2026-03-02/run=" + run + "/attempt=1", ".parquet"))
                .hasSize(1);
        List<Path> csv = files("rooms/room_id=lab/date=2026-03-02/run=" + run + "/attempt=1", ".csv");
        assertThat(csv).hasSize(1);
        assertThat(Files.readAllLines(csv.get(0)))
                .containsExactly("timestamp,temperature", "2026-03-02 00:00:00,20.0", "2026-03-02 00:01:00,20.5");
        assertThat(result.get("partitions")).asList().hasSize(2);
        assertThat(files("", "_SUCCESS")).isEmpty();
    }

    @Test
    void badRecordsAreQuarantinedWithTheirReasonAndTheGoodOnesGoOn() throws IOException {
        String good = reading("lab", "1 00:00:00", "20") + reading("lab", "1 00:01:00", "20");
        byte[] whole = gzip(good.repeat(400));
        input("raw/live/cut.gz", Source.LIVE, Arrays.copyOf(whole, whole.length - 12));
        input(
                "raw/live/bad",
                Source.LIVE,
                "no json\n" + reading("../x", "1 00:00:00", "20") + reading("lab", "1 00:02:00", "NaN")
                        + reading("lab", "1 00:02:00", "1e400") + reading("lab", "1 00:02:00", "-300")
                        + reading("lab", "9 00:00:00", "20") + reading("lab", "1 25:00:00", "20")
                        + "{\"a\":1}{\"b\":2}\n\n");
        input("raw/live/empty", Source.LIVE, "");
        Map<?, ?> result = extract(1);
        Map<?, ?> quarantined = (Map<?, ?>) counts(result).get("quarantined");
        assertThat(quarantined)
                .isEqualTo(Map.of(
                        "malformed", 1.0,
                        "bad_room", 1.0,
                        "bad_temperature", 2.0,
                        "below_absolute_zero", 1.0,
                        "future", 1.0,
                        "bad_timestamp", 1.0,
                        "missing_room", 2.0,
                        "unreadable", 1.0));
        assertThat(counts(result).get("clean")).isEqualTo(2.0);
        String lines = Files.readString(
                files("quarantine/run=" + run + "/attempt=1", ".json").get(0));
        assertThat(lines)
                .contains("raw/live/cut.gz")
                .contains("\"reason\":\"bad_room\"")
                .contains("../x");
    }

    @Test
    void filesOfWhichNoRecordCouldBeReadAreNamed() throws IOException {
        input("raw/live/a", Source.LIVE, reading("lab", "1 00:00:00", "20") + "noise\n");
        input("raw/live/b \"q\"", Source.LIVE, "noise\nnoise\n");
        input("raw/live/empty", Source.LIVE, "");
        String header = "timestamp,room_id,temperature\n";
        input("raw/history/good.csv", Source.HISTORY_FILE, header + "2026-03-01 00:00:00,lab,21\nx,lab,1\n");
        input(
                "raw/history/bad.csv",
                Source.HISTORY_FILE,
                header + "01/03/2026,lab,21\n02/03/2026,lab,22\n03/03/2026,lab,23\n");
        input("raw/imported/history/h.csv", Source.HISTORY, header + "2026-03-01 00:00:00,lab,21\n");
        assertThat(counts(extract(1)).get("unreadFiles"))
                .isEqualTo(Map.of("raw/live/b \"q\"", 2.0, "raw/history/bad.csv", 3.0));
    }

    @Test
    void theFirstOfADuplicateIsKeptByRankThenKeyThenOrder() throws IOException {
        input("raw/live/a", Source.LIVE, reading("lab", "1 00:00:00", "3"));
        input(
                "raw/imported/history/h.csv",
                Source.HISTORY,
                "timestamp,room_id,temperature\n2026-03-01 00:00:00,lab,2\n");
        input(
                "raw/imported/external_db/d",
                Source.EXTERNAL_DB,
                reading("lab", "1 00:00:00", "1")
                        + reading("lab", "1 00:00:00", "1")
                        + reading("lab", "1 00:00:00", "7"));
        Map<?, ?> result = extract(1);
        assertThat(counts(result).get("clean")).isEqualTo(1.0);
        assertThat(counts(result).get("duplicates")).isEqualTo(4.0);
        assertThat(counts(result).get("conflicts")).isEqualTo(3.0);
        assertThat(counts(result).get("conflictRooms")).isEqualTo(Map.of("lab", 3.0));
        assertThat(Files.readAllLines(files("rooms/room_id=lab", ".csv").get(0)))
                .containsExactly("timestamp,temperature", "2026-03-01 00:00:00,1.0");
    }

    @Test
    void whatTheLakeHasStaysAndADateWithoutNewReadingsIsNotRewritten() throws IOException {
        input("raw/live/a", Source.LIVE, reading("lab", "1 00:00:00", "20") + reading("lab", "2 00:00:00", "20"));
        extract(1);
        base.add(Map.of(
                "date", "2026-03-01", "location", "lake/temperatures/date=2026-03-01/run=" + run + "/attempt=1/"));
        base.add(Map.of(
                "date", "2026-03-02", "location", "lake/temperatures/date=2026-03-02/run=" + run + "/attempt=1/"));
        inputs.clear();
        input(
                "raw/live/b",
                Source.LIVE,
                reading("lab", "1 00:00:00", "99")
                        + reading("lab", "2 00:00:00", "20")
                        + reading("lab", "2 00:01:00", "21"));
        Map<?, ?> result = extract(2);
        assertThat(counts(result).get("clean")).isEqualTo(1.0);
        assertThat(counts(result).get("duplicates")).isEqualTo(2.0);
        assertThat(counts(result).get("conflicts")).isEqualTo(1.0);
        assertThat(result.get("partitions"))
                .isEqualTo(List.of(
                        Map.of("date", "2026-03-02", "runId", run, "attempt", 2.0, "rooms", Map.of("lab", 2.0))));
        assertThat(files("lake/temperatures/date=2026-03-01/run=" + run + "/attempt=2", ".parquet"))
                .isEmpty();
    }

    @Test
    void readingsOutOfScopeAreCountedAndLeftOut() throws IOException {
        input(
                "raw/live/a",
                Source.LIVE,
                reading("lab", "1 00:00:00", "20")
                        + reading("lab", "2 00:00:00", "20")
                        + reading("attic", "2 00:00:00", "20"));
        Map<?, ?> result = extract(1, "--from", "2026-03-02T00:00:00Z", "--rooms", "lab");
        assertThat(counts(result).get("clean")).isEqualTo(1.0);
        assertThat(counts(result).get("outOfScope")).isEqualTo(2.0);
    }

    @Test
    void aHistoryThatLostALineOnItsWayFailsTheJob() throws IOException {
        input("raw/imported/history/h", Source.HISTORY, reading("lab", "1 00:00:00", "20"));
        input(
                "raw/history/h.csv",
                Source.HISTORY_FILE,
                "timestamp,room_id,temperature\n2026-03-01 00:00:00,lab,20\n2026-03-01 00:01:00,lab,20\n");
        assertThatThrownBy(() -> extract(1))
                .hasMessageContaining("raw/history/ has 2 records, but the history job wrote 1");
    }

    private Map<String, Object> graph() throws IOException {
        String text =
                Files.readString(Path.of("..", "glue", "history_job.json")).replace("${Bucket}", "bucket-" + run);
        @SuppressWarnings("unchecked")
        Map<String, Object> graph = new Gson().fromJson(text, Map.class);
        return graph;
    }

    @Test
    void theGlueStudioGraphTurnsCsvIntoJsonLinesWithoutLosingOne() throws IOException {
        put(
                "raw/history/a.csv",
                "timestamp,room_id,temperature,extra\n2026-03-01 00:00:00,lab,20.5,x\ngarbage\n".getBytes(UTF_8));
        new GraphJob(spark, new Command("g", "graph", null, null, null, graph(), null)).run();
        StringBuilder all = new StringBuilder();
        for (Path file : files("raw/imported/history", ".gz")) {
            all.append(new String(new GZIPInputStream(Files.newInputStream(file)).readAllBytes(), UTF_8));
        }
        assertThat(all.toString().lines())
                .containsExactlyInAnyOrder(
                        "{\"timestamp\":\"2026-03-01 00:00:00\",\"room_id\":\"lab\",\"temperature\":\"20.5\"}",
                        "{\"timestamp\":\"garbage\"}");
    }

    /** What the history's files are in the input list, and what the visual job made of them. */
    private void history(String name, String text) throws IOException {
        input("raw/history/" + name, Source.HISTORY_FILE, text);
    }

    private void importHistory() throws IOException {
        new GraphJob(spark, new Command("g", "graph", null, null, null, graph(), null)).run();
        for (Path file : files("raw/imported/history", ".gz")) {
            input(bucket.relativize(file).toString(), Source.HISTORY, Files.readAllBytes(file));
        }
    }

    @Test
    void eachHistoryFileIsReadByItsOwnHeader() throws IOException {
        history("p1.csv", "timestamp,room_id,temperature,humidity\n2026-03-01 00:00:00,north,20.5,61.5\n");
        history("p2.csv", "humidity,temperature,timestamp,room_id\n61.5,19.5,2026-03-01 00:00:00,south\n");
        history("p3.csv", "Room_ID,TEMPERATURE,TimeStamp\r\nwest,18.5,2026-03-01 00:00:00\r\n");
        importHistory();
        Map<?, ?> result = extract(1);
        assertThat(counts(result).get("read")).isEqualTo(3.0);
        assertThat(counts(result).get("clean")).isEqualTo(3.0);
        for (String expected : List.of("north 20.5", "south 19.5", "west 18.5")) {
            String[] parts = expected.split(" ");
            assertThat(Files.readAllLines(
                            files("rooms/room_id=" + parts[0], ".csv").get(0)))
                    .containsExactly("timestamp,temperature", "2026-03-01 00:00:00," + parts[1]);
        }
    }

    @Test
    void lineBreaksInQuotesAndLoneCarriageReturnsGoThroughTheVisualJob() throws IOException {
        history(
                "a.csv",
                "note,timestamp,room_id,temperature\n\"open\nwindow\",2026-03-01 00:00:00,lab,20\r"
                        + ",2026-03-01 00:01:00, \"lab\",21\n");
        importHistory();
        Map<?, ?> result = extract(1);
        assertThat(counts(result).get("read")).isEqualTo(2.0);
        assertThat(counts(result).get("clean")).isEqualTo(2.0);
    }

    @Test
    void aHistoryThatTookOneColumnForAnotherFailsTheJobAndNamesTheFile() throws IOException {
        input(
                "raw/imported/history/h",
                Source.HISTORY,
                reading("lab", "1 00:00:00", "20") + reading("attic", "1 00:00:00", "61.5"));
        history("good.csv", "timestamp,room_id,temperature\n2026-03-01 00:00:00,lab,20\n");
        history("other.csv", "humidity,timestamp,room_id,temperature\n61.5,2026-03-01 00:00:00,attic,19.5\n");
        assertThatThrownBy(() -> extract(1))
                .hasMessageContaining("raw/history/ has 2 records, but the history job wrote 2")
                .hasMessageContaining("raw/history/other.csv (1, such as of room attic from 2026-03-01 00:00:00 on)")
                .hasMessageContaining("Nothing is committed")
                .hasMessageNotContaining("good.csv");
        assertThat(files("lake", ".parquet")).isEmpty();
    }

    @Test
    void whatTheVisualJobMakesOfABadRowIsNotUsedAndTheRowCostsItself() throws IOException {
        input(
                "raw/imported/history/h",
                Source.HISTORY,
                reading("lab", "1 00:00:00", "20") + reading("lab", "1 00:01:00", "\" 20\"")
                        + "{\"timestamp\":\"garbage\"}\n{}\n" + reading("lab", "1 00:02:00", "21"));
        history(
                "h.csv",
                "timestamp,room_id,temperature\n2026-03-01 00:00:00,lab,20\n2026-03-01 00:01:00,lab,20,5\n"
                        + "garbage\n2026-03-01 00:02:00,lab,21\n");
        Map<?, ?> result = extract(1);
        assertThat(counts(result).get("read")).isEqualTo(4.0);
        assertThat(counts(result).get("clean")).isEqualTo(2.0);
        assertThat(counts(result).get("quarantined")).isEqualTo(Map.of("malformed", 2.0));
        assertThat(Files.readString(
                        files("quarantine/run=" + run + "/attempt=1", ".json").get(0)))
                .contains("raw/history/h.csv")
                .contains("\"line\":3")
                .contains("2026-03-01 00:01:00,lab,20,5");
    }

    @Test
    void aHistoryThatWasWrittenTwiceIsDuplicates() throws IOException {
        input("raw/imported/history/h1", Source.HISTORY, reading("lab", "1 00:00:00", "20"));
        input("raw/imported/history/h2", Source.HISTORY, reading("lab", "1 00:00:00", "20"));
        history("h.csv", "timestamp,room_id,temperature\n2026-03-01 00:00:00,lab,20\n");
        Map<?, ?> result = extract(1);
        assertThat(counts(result).get("clean")).isEqualTo(1.0);
        assertThat(counts(result).get("duplicates")).isEqualTo(1.0);
    }

    @Test
    void whatNoRoomHasIsOutOfRangeByTheJobsArguments() throws IOException {
        input(
                "raw/live/a",
                Source.LIVE,
                reading("lab", "1 00:00:00", "85")
                        + reading("lab", "1 00:01:00", "-127")
                        + reading("lab", "1 00:02:00", "84.9")
                        + reading("lab", "1 00:03:00", "101"));
        Map<?, ?> result =
                extract(1, "--min_temperature", "-90", "--max_temperature", "100", "--error_temperatures", "85,-9999,");
        assertThat(counts(result).get("clean")).isEqualTo(1.0);
        assertThat(counts(result).get("quarantined")).isEqualTo(Map.of("out_of_range", 3.0));
        assertThat(counts(extract(2, "--max_temperature", "100", "--error_temperatures", ","))
                        .get("clean"))
                .isEqualTo(3.0);
        assertThatThrownBy(() -> extract(3, "--min_temperature", "cold")).hasMessageContaining("MinTemperature");
    }

    @Test
    void aHeaderOfThousandsOfNamesCostsItsFileOnly() throws IOException {
        StringBuilder wide = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            wide.append("column").append(i).append(',');
        }
        history("noise.csv", wide + "\ngarbage\n");
        history("good.csv", "timestamp,room_id,temperature\n2026-03-01 00:00:00,lab,20\n");
        importHistory();
        assertThat(counts(extract(1)).get("clean")).isEqualTo(1.0);
    }

    @Test
    void keysThatDifferInCaseAloneStopNoGraph() throws IOException {
        put(
                "in/a.json",
                "{\"Humidity\":1,\"humidity\":2,\"Temperature\":20}\n{\"\\u0000\":1,\"temperature\":21}\n"
                        .getBytes(UTF_8));
        Map<String, Object> graph = Map.of(
                "CodeGenConfigurationNodes",
                Map.of(
                        "node-1",
                        Map.of("CatalogSource", Map.of("Name", "In", "Database", "d", "Table", "t")),
                        "node-2",
                        Map.of(
                                "S3DirectTarget",
                                Map.of(
                                        "Inputs",
                                        List.of("node-1"),
                                        "Format",
                                        "json",
                                        "Path",
                                        "s3://bucket-" + run + "/out/"))));
        Command.Table table = new Command.Table("s3://bucket-" + run + "/in/", "json");
        new GraphJob(spark, new Command("g", "graph", null, null, null, graph, Map.of("d.t", table))).run();
        assertThat(files("out", ".json").stream().map(JobsTest::text).reduce("", String::concat))
                .contains("\"Humidity\":\"1\"")
                .contains("\"humidity\":\"2\"")
                .contains("\"temperature\":\"21\"");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void csvThatTheLaptopWouldReadDifferentlyIsRefusedByName() throws IOException {
        String text = new Gson().toJson(graph()).replace("\"comma\"", "\"semicolon\"");
        @SuppressWarnings("unchecked")
        Map<String, Object> graph = new Gson().fromJson(text, Map.class);
        assertThatThrownBy(() -> new GraphJob(spark, new Command("g", "graph", null, null, null, graph, null)).run())
                .hasMessageContaining("Separator comma only")
                .hasMessageContaining("History has semicolon");
    }

    @Test
    void aNodeThatTheLaptopDoesNotKnowIsRefusedByName() {
        Map<String, Object> graph =
                Map.of("CodeGenConfigurationNodes", Map.of("node-1", Map.of("SnowflakeSource", Map.of())));
        assertThatThrownBy(() -> new GraphJob(spark, new Command("g", "graph", null, null, null, graph, null)).run())
                .hasMessageContaining("SnowflakeSource (node-1)");
    }

    @Test
    void theDatabaseImportBeginsWhereItIsToldAndSaysHowFarItGot() throws Exception {
        String url = "jdbc:h2:mem:" + run
                + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection(url, "sa", "x");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA dbo");
            statement.execute(
                    "CREATE TABLE dbo.temperatures([timestamp] datetime2, [room_id] nvarchar(64), [temperature] float)");
            statement.execute(
                    "INSERT INTO dbo.temperatures VALUES ('2026-03-01T00:00:00','lab',20.1),('2026-03-02T00:00:00.5','lab',20.3),('2026-03-03T00:00:00',NULL,NULL)");
        }
        SparkSession.setActiveSession(spark);
        ExternalDbImportJob.run(
                new String[] {"--run_id", run, "--bucket", "bucket-" + run, "--since", "2026-03-02T00:00:00Z"},
                url,
                "sa",
                "x");
        assertThat(Files.readString(bucket.resolve("runs/" + run + "/external_db.json")))
                .isEqualTo("{\"rows\":2,\"highWaterMark\":\"2026-03-03T00:00:00Z\"}");
        StringBuilder all = new StringBuilder();
        for (Path file : files("raw/imported/external_db/run=" + run, ".gz")) {
            all.append(new String(new GZIPInputStream(Files.newInputStream(file)).readAllBytes(), UTF_8));
        }
        assertThat(all.toString().lines())
                .containsExactly(
                        "{\"timestamp\":\"2026-03-02 00:00:00\",\"room_id\":\"lab\",\"temperature\":20.3}",
                        "{\"timestamp\":\"2026-03-03 00:00:00\"}");
        ExternalDbImportJob.run(
                new String[] {"--run_id", run + "b", "--bucket", "bucket-" + run, "--since", "2026-04-01T00:00:00Z"},
                url,
                "sa",
                "x");
        assertThat(Files.readString(bucket.resolve("runs/" + run + "b/external_db.json")))
                .isEqualTo("{\"rows\":0,\"highWaterMark\":null}");
        assertThat(files("raw/imported/external_db/run=" + run + "b", ""))
                .as("no rows are no file")
                .isEmpty();
        assertThatThrownBy(() -> ExternalDbImportJob.run(
                        new String[] {"--run_id", run, "--bucket", "b", "--table", "x; DROP TABLE y"}, url, "sa", "x"))
                .hasMessageContaining("--table must be a name");
    }

    @Test
    void onGlueTheDatabaseImportHasItsLoginFromTheConnection() throws Exception {
        String url = "jdbc:h2:mem:" + run + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection(url, "sa", "x");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE rooms([timestamp] datetime2, [room_id] nvarchar(64), [temperature] float)");
            statement.execute("INSERT INTO rooms VALUES ('2026-03-01T00:00:00','lab',20.1)");
        }
        GlueContext.connections = Map.of("building", Map.of("fullUrl", url, "user", "sa", "password", "x"));
        SparkSession.setActiveSession(spark);
        ExternalDbImportJob.main(new String[] {
            "--run_id", run, "--bucket", "bucket-" + run, "--table", "rooms", "--connection_name", "building"
        });
        assertThat(Files.readString(bucket.resolve("runs/" + run + "/external_db.json")))
                .isEqualTo("{\"rows\":1,\"highWaterMark\":\"2026-03-01T00:00:00Z\"}");
    }

    @Test
    void theDatabaseImportTrustsTheGivenAuthorityAlone() throws Exception {
        put("assets/ca.pem", "no certificate".getBytes(UTF_8));
        SparkSession.setActiveSession(spark);
        // Nobody listens there: whatever opens the connection must first read the certificates.
        String url = "jdbc:sqlserver://127.0.0.1:1;databaseName=building;loginTimeout=1";
        String[] arguments = {"--run_id", run, "--bucket", "bucket-" + run, "--ca_certificate"};
        assertThatThrownBy(() -> ExternalDbImportJob.run(
                        with(arguments, "s3://bucket-" + run + "/assets/ca.pem"), url, "sa", "x"))
                .hasMessageContaining("The certificates of DbCaCertificate cannot be used");
        assertThatThrownBy(() -> ExternalDbImportJob.run(with(arguments, "/etc/ca.pem"), url, "sa", "x"))
                .hasMessageContaining("--ca_certificate must be s3://BUCKET/KEY");
        assertThatThrownBy(() ->
                        ExternalDbImportJob.run(with(arguments, ""), url + ";trustServerCertificate=true", "sa", "x"))
                .hasMessageContaining("trustServerCertificate=true");
    }

    private static String[] with(String[] arguments, String last) {
        return Stream.concat(Stream.of(arguments), Stream.of(last)).toArray(String[]::new);
    }
}
