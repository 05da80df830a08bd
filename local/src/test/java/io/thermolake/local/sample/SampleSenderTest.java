package io.thermolake.local.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.local.database.DatabaseService;
import io.thermolake.local.firehose.DeliveryStream;
import io.thermolake.local.firehose.FirehoseService;
import io.thermolake.local.iot.IotService;
import io.thermolake.local.s3.Buckets;
import io.thermolake.reading.Columns;
import io.thermolake.reading.Parsed;
import io.thermolake.reading.RawFile;
import io.thermolake.reading.ReadingParser;
import io.thermolake.reading.Reason;
import io.thermolake.reading.TemperatureRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSenderTest {
    private static final String NO_READING =
            "isUndefined(timestamp) AND isUndefined(room_id) AND isUndefined(temperature)";

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Buckets buckets;
    private FirehoseService firehose;
    private IotService iot;

    private void start() {
        buckets = new Buckets(folder.resolve("s3"));
        buckets.make("lake");
        Map<String, Object> stream = Map.of(
                "ExtendedS3DestinationConfiguration",
                Map.of(
                        "BucketARN",
                        "arn:aws:s3:::lake",
                        "Prefix",
                        "raw/live/!{timestamp:yyyy}/",
                        "CompressionFormat",
                        "GZIP"));
        firehose = new FirehoseService(
                folder.resolve("state/firehose"),
                List.of(DeliveryStream.of("live", "arn", stream)),
                buckets::resolve,
                (service, unit, quantity) -> {},
                CLOCK);
        Map<String, Object> readings = rule(
                "SELECT *, topic(2) AS topic_room FROM 'rooms/+/temperature' WHERE NOT (" + NO_READING + ")",
                Map.of("Firehose", Map.of("DeliveryStreamName", "live", "Separator", "\n")));
        Map<String, Object> rest = rule(
                "SELECT encode(*, 'base64') AS payload FROM 'rooms/+/temperature' WHERE " + NO_READING,
                Map.of("S3", Map.of("BucketName", "lake", "Key", "errors/${newuuid()}.json")));
        iot = new IotService(
                folder.resolve("state/mqtt"),
                0,
                Map.of("readings", readings, "rest", rest),
                firehose,
                buckets::resolve,
                (service, unit, quantity) -> {},
                CLOCK);
    }

    private static Map<String, Object> rule(String sql, Map<String, Object> action) {
        return Map.of(
                "TopicRulePayload", Map.of("AwsIotSqlVersion", "2016-03-23", "Sql", sql, "Actions", List.of(action)));
    }

    private long liveLines() throws IOException {
        long lines = 0;
        for (Path file : buckets.files("s3://lake/raw/live")) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                lines += new String(in.readAllBytes(), UTF_8).lines().count();
            }
        }
        return lines;
    }

    @Test
    void theSampleReachesAllThreeSourcesOnce() throws Exception {
        start();
        try (DatabaseService database = DatabaseService.own(folder.resolve("state/database"))) {
            SampleSender sender = new SampleSender(folder, buckets, "s3://lake/raw/history/", database, iot, firehose);
            long begin = System.nanoTime();
            SampleReport report = sender.send();
            System.out.printf("sample sent in %d ms%n", (System.nanoTime() - begin) / 1_000_000);

            assertThat(report.readings()).isEqualTo(216_000);
            assertThat(buckets.files("s3://lake/raw/history")).hasSize(20);
            assertThat(liveLines()).isEqualTo(report.live()).isBetween(14_400L, 14_500L);
            assertThat(buckets.files("s3://lake/errors")).hasSize((int) report.errors());
            try (Connection other = DriverManager.getConnection(
                            database.url(),
                            database.login().user(),
                            database.login().password());
                    ResultSet rows = other.createStatement()
                            .executeQuery("SELECT COUNT(*), MAX([timestamp]) FROM dbo.temperatures"
                                    + " WHERE [timestamp] >= '2026-03-15T00:00:00'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(report.database());
                assertThat(rows.getString(2)).startsWith("2026-03-29 05:59:00");
            }

            assertThat(sender.send()).isEqualTo(report);
            assertThat(liveLines()).isEqualTo(report.live());
        } finally {
            iot.close();
            firehose.close();
        }
    }

    /** Counts as a run does. */
    private static final class Tally {
        private final ReadingParser parser =
                new ReadingParser(Columns.OWN, Sample.NOW.plusSeconds(600).getEpochSecond(), TemperatureRange.ANY);
        private final Set<String> kept = new HashSet<>();
        private final Map<Reason, Integer> quarantined = new EnumMap<>(Reason.class);
        private long duplicates;

        void file(InputStream bytes, String format) throws IOException {
            try (RawFile file = new RawFile(bytes, format)) {
                while (file.hasNext()) {
                    Parsed parsed = parser.parse(file.next());
                    if (parsed instanceof Parsed.Good good) {
                        keep(good.reading().roomId() + good.reading().epochSecond());
                    } else if (parsed instanceof Parsed.Quarantined bad) {
                        quarantined.merge(bad.reason(), 1, Integer::sum);
                    }
                }
            }
        }

        void keep(String key) {
            duplicates += kept.add(key) ? 0 : 1;
        }
    }

    @Test
    void theRealParserCountsWhatTheReportSays() throws Exception {
        start();
        Tally tally = new Tally();
        try (DatabaseService database = DatabaseService.own(folder.resolve("state/database"))) {
            SampleReport report =
                    new SampleSender(folder, buckets, "s3://lake/raw/history/", database, iot, firehose).send();
            for (Path csv : buckets.files("s3://lake/raw/history")) {
                tally.file(Files.newInputStream(csv), "csv");
            }
            for (Path json : buckets.files("s3://lake/raw/live")) {
                tally.file(Files.newInputStream(json), "json");
            }
            try (Connection connection = database.connect();
                    ResultSet rows = connection
                            .createStatement()
                            .executeQuery("SELECT [timestamp], room_id FROM dbo.temperatures"
                                    + " WHERE temperature IS NOT NULL")) {
                while (rows.next()) {
                    LocalDateTime time = rows.getObject(1, LocalDateTime.class);
                    tally.keep(rows.getString(2) + time.toEpochSecond(ZoneOffset.UTC));
                }
            }

            assertThat(tally.kept).hasSize((int) report.readings());
            assertThat(tally.duplicates).isEqualTo(report.duplicates());
            assertThat(tally.quarantined)
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            Reason.BAD_TEMPERATURE, 2,
                            Reason.BAD_TIMESTAMP, 2,
                            Reason.BELOW_ABSOLUTE_ZERO, 2,
                            Reason.MISSING_TEMPERATURE, 1,
                            Reason.MISSING_TIMESTAMP, 1,
                            Reason.FUTURE, 1,
                            Reason.SPOOFED, 1));
            // The row without a value is the database's.
            assertThat(tally.quarantined.values().stream().mapToInt(n -> n).sum() + 1)
                    .isEqualTo((int) report.quarantined());
        } finally {
            iot.close();
            firehose.close();
        }
    }

    @Test
    void liveSensorsSendForEachRoom() throws Exception {
        start();
        try {
            SensorSource source = new SensorSource(
                    "127.0.0.1",
                    iot.start(),
                    List.of(SensorSource.climate("lab"), SensorSource.climate("attic")),
                    Clock.systemUTC(),
                    0);
            assertThat(source.run(1, Duration.ofSeconds(1), () -> true, n -> {}))
                    .isEqualTo(2);
            assertThat(iot.awaitProcessed(2, Duration.ofSeconds(10))).isTrue();
            firehose.flush();
            assertThat(liveLines()).isEqualTo(2);
        } finally {
            iot.close();
            firehose.close();
        }
    }
}
