package io.thermolake.local.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.local.aws.Meter;
import io.thermolake.local.cloud.Gateway;
import io.thermolake.local.door.FolderKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;

class FirehoseServiceTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-31T09:05:07Z"), ZoneOffset.UTC);

    private final Map<String, Double> usage = new HashMap<>();

    @TempDir
    Path folder;

    private FirehoseService service() {
        Map<String, Object> to = Map.of(
                "BucketARN", "arn:aws:s3:::lake",
                "Prefix",
                        "raw/live/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/",
                "ErrorOutputPrefix", "raw/errors/!{firehose:error-output-type}/",
                "BufferingHints", Map.of("IntervalInSeconds", 900, "SizeInMBs", "1"),
                "CompressionFormat", "GZIP");
        DeliveryStream stream =
                DeliveryStream.of("live", "arn:aws:firehose:::live", Map.of("ExtendedS3DestinationConfiguration", to));
        return new FirehoseService(
                folder.resolve("state"),
                List.of(stream),
                uri -> folder.resolve(uri.substring("s3://".length())),
                (service, unit, quantity) -> usage.merge(service + "/" + unit, quantity, Double::sum),
                CLOCK);
    }

    private static void put(FirehoseService firehose, String line) {
        firehose.putRecord(b -> b.deliveryStreamName("live").record(record(line)));
    }

    private static Record record(String line) {
        return Record.builder().data(SdkBytes.fromUtf8String(line)).build();
    }

    /** Key to content, in the order of the keys. */
    private List<Map.Entry<String, String>> objects() throws IOException {
        Path lake = folder.resolve("lake");
        List<Map.Entry<String, String>> objects = new ArrayList<>();
        if (Files.exists(lake)) {
            try (var files = Files.walk(lake)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                        objects.add(Map.entry(lake.relativize(file).toString(), new String(in.readAllBytes(), UTF_8)));
                    }
                }
            }
        }
        return objects;
    }

    @Test
    void recordsReachS3InTheirOrderUnderTheHourOfTheirArrival() throws IOException {
        try (FirehoseService firehose = service()) {
            put(firehose, "a\n");
            firehose.putRecordBatch(b -> b.deliveryStreamName("live").records(record("b\n"), record("c\n")));
            assertThat(objects()).isEmpty();

            firehose.flush();

            assertThat(objects())
                    .containsExactly(Map.entry(
                            "raw/live/year=2026/month=03/day=31/hour=09/"
                                    + "live-1-2026-03-31-09-05-07-00000000-0000-4000-8000-000000000000.gz",
                            "a\nb\nc\n"));
            assertThat(usage).containsEntry("S3/PUT request", 1.0);
            assertThat(usage.get("Firehose/GB")).isEqualTo(3 * 5120.0 / (1 << 30));
        }
    }

    @Test
    void whatWasAcceptedBeforeAKillIsDeliveredAfterARestartAndOnlyOnce() throws IOException {
        FirehoseService killed = service();
        put(killed, "a\n");
        put(killed, "b\n");
        // A kill closes nothing; a record that it cut off was never accepted.
        Path spool = Spool.left(folder.resolve("state/live")).get(0);
        Files.write(spool, new byte[] {0, 0, 0, 9, 'h', 'a', 'l'}, StandardOpenOption.APPEND);

        try (FirehoseService restarted = service()) {
            put(restarted, "c\n");
            restarted.flush();
            assertThat(objects()).extracting(Map.Entry::getValue).containsExactly("a\nb\n", "c\n");
        }
        try (FirehoseService third = service()) {
            put(third, "d\n");
            third.flush();
            assertThat(objects()).extracting(Map.Entry::getValue).containsExactly("a\nb\n", "c\n", "d\n");
        }
        killed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "12,"})
    void aBrokenCountGivesNoKeyTwice(String content) throws IOException {
        try (FirehoseService firehose = service()) {
            put(firehose, "a\n");
            firehose.flush();
        }
        Files.writeString(folder.resolve("state/live/next"), content);
        try (FirehoseService firehose = service()) {
            put(firehose, "b\n");
            firehose.flush();
        }
        assertThat(objects()).extracting(Map.Entry::getValue).containsExactly("a\n", "b\n");
        assertThat(folder.resolve("state/live/next.broken")).exists();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_024_001})
    void aDamagedSpoolGivesItsGoodRecordsAndIsKept(int length) throws IOException {
        Path spool = folder.resolve("state/live/000000000007-1774947907000.spool");
        Files.createDirectories(spool.getParent());
        Files.write(
                spool,
                java.nio.ByteBuffer.allocate(14)
                        .putInt(2)
                        .put("a\n".getBytes(UTF_8))
                        .putInt(length)
                        .putInt(1)
                        .array());
        Files.writeString(folder.resolve("state/live/notes.spool"), "no spool");
        Files.writeString(folder.resolve("state/live/000000000006-1774947907000.spool"), "");
        try (FirehoseService firehose = service()) {
            firehose.flush();
            put(firehose, "b\n");
            firehose.flush();
        }
        assertThat(objects()).extracting(Map.Entry::getValue).containsExactly("a\n", "b\n");
        assertThat(spool).doesNotExist();
        assertThat(folder.resolve("state/live/000000000007-1774947907000.spool.broken"))
                .exists();
    }

    @Test
    void theSdksOwnClientReachesItThroughTheOnePort() throws Exception {
        FolderKey key = new FolderKey(folder.resolve("credentials"), "a secret for this test");
        try (FirehoseService service = service();
                Gateway gateway = new Gateway(
                        Gateway.Place.ANY,
                        key,
                        Files.createDirectories(folder.resolve("s3")),
                        folder.resolve("bodies"),
                        new Meter(folder.resolve("meter")))) {
            gateway.json().add("Firehose_20150804", FirehoseClient.class, service);
            try (FirehoseClient client = FirehoseClient.builder()
                    .endpointOverride(gateway.endpoint())
                    .region(Region.EU_CENTRAL_1)
                    .credentialsProvider(key.provider())
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .build()) {
                client.putRecord(b -> b.deliveryStreamName("live").record(record("a\n")));
                assertThat(client.putRecordBatch(
                                        b -> b.deliveryStreamName("live").records(record("b\n")))
                                .failedPutCount())
                        .isZero();
                assertThatThrownBy(() -> client.putRecord(
                                b -> b.deliveryStreamName("other").record(record("x"))))
                        .isInstanceOf(ResourceNotFoundException.class);
            }
            service.flush();
            assertThat(objects()).extracting(Map.Entry::getValue).containsExactly("a\nb\n");
        }
    }

    @Test
    void aFullBufferIsDeliveredWithoutAFlush() throws IOException {
        try (FirehoseService firehose = service()) {
            String line = "x".repeat(900_000) + "\n";
            put(firehose, line);
            put(firehose, line);
            put(firehose, "rest\n");
            firehose.flush();

            assertThat(objects()).extracting(Map.Entry::getValue).containsExactly(line + line, "rest\n");
        }
    }

    @Test
    void limitsAreFirehoses() {
        try (FirehoseService firehose = service()) {
            assertThatThrownBy(() -> put(firehose, "x".repeat(1_024_001)))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("1000 KiB");
            List<Record> many =
                    IntStream.range(0, 501).mapToObj(i -> record("x")).toList();
            assertThatThrownBy(() -> firehose.putRecordBatch(
                            b -> b.deliveryStreamName("live").records(many)))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("not 501");
            assertThatThrownBy(() -> firehose.putRecord(
                            b -> b.deliveryStreamName("other").record(record("x"))))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("other");
            assertThat(firehose.describeDeliveryStream(b -> b.deliveryStreamName("live"))
                            .deliveryStreamDescription()
                            .deliveryStreamStatusAsString())
                    .isEqualTo("ACTIVE");
            assertThat(firehose.listDeliveryStreams().deliveryStreamNames()).containsExactly("live");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                        2026/03/31/09/",
        "raw/,                                      raw/2026/03/31/09/",
        "raw/!{timestamp:yyyy-MM-dd}/x,             raw/2026-03-31/x",
        "e/!{firehose:error-output-type}/!{timestamp:HH}/, e/failed/09/",
    })
    void prefixesAreExpanded(String prefix, String expected) {
        assertThat(ObjectPrefix.of(prefix).at(CLOCK.instant(), "failed")).isEqualTo(expected);
    }

    @Test
    void whatIsNotBuiltIsRefusedByName() {
        assertThatThrownBy(() -> ObjectPrefix.of("!{partitionKeyFromQuery:room}/"))
                .hasMessageContaining("!{partitionKeyFromQuery:room}");
        Map<String, Object> properties = Map.of(
                "ExtendedS3DestinationConfiguration",
                Map.of("BucketARN", "arn:aws:s3:::b", "DynamicPartitioningConfiguration", Map.of("Enabled", true)));
        assertThatThrownBy(() -> DeliveryStream.of("live", "arn", properties))
                .hasMessageContaining("live")
                .hasMessageContaining("DynamicPartitioningConfiguration");
    }
}
