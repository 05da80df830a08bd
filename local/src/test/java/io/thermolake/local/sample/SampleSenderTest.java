package io.thermolake.local.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.local.database.DatabaseService;
import io.thermolake.local.firehose.DeliveryStream;
import io.thermolake.local.firehose.FirehoseService;
import io.thermolake.local.iot.IotService;
import io.thermolake.local.s3.Buckets;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSenderTest {
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
        Map<String, Object> rule = Map.of(
                "TopicRulePayload",
                Map.of(
                        "AwsIotSqlVersion",
                        "2016-03-23",
                        "Sql",
                        "SELECT *, topic(2) AS topic_room FROM 'rooms/+/temperature'",
                        "Actions",
                        List.of(Map.of("Firehose", Map.of("DeliveryStreamName", "live", "Separator", "\n"))),
                        "ErrorAction",
                        Map.of("S3", Map.of("BucketName", "lake", "Key", "errors/${newuuid()}.json"))));
        iot = new IotService(
                folder.resolve("state/mqtt"),
                0,
                Map.of("temperature", rule),
                firehose,
                buckets::resolve,
                (service, unit, quantity) -> {},
                CLOCK);
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
