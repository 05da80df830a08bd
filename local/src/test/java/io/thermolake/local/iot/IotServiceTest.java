package io.thermolake.local.iot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.PutRecordRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordResponse;

class IotServiceTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-31T00:00:00Z"), ZoneOffset.UTC);

    private static final Map<String, Object> RULE = Map.of(
            "TopicRulePayload",
            Map.of(
                    "AwsIotSqlVersion",
                    "2016-03-23",
                    "Sql",
                    "SELECT *, topic(2) AS topic_room, clientid() AS sensor, timestamp() AS received"
                            + " FROM 'rooms/+/temperature'",
                    "Actions",
                    List.of(Map.of(
                            "Firehose", Map.of("DeliveryStreamName", "live", "Separator", "\n", "RoleArn", "r"))),
                    "ErrorAction",
                    Map.of("S3", Map.of("BucketName", "lake", "Key", "errors/${topic(2)}/${newuuid()}.json"))));

    /** A Firehose that only takes single records. */
    private static final class FakeFirehose implements FirehoseClient {
        private final List<String> records = new ArrayList<>();

        @Override
        public synchronized PutRecordResponse putRecord(PutRecordRequest request) {
            records.add(request.record().data().asUtf8String());
            return PutRecordResponse.builder().recordId("1").build();
        }

        synchronized List<String> records() {
            return List.copyOf(records);
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private final FakeFirehose firehose = new FakeFirehose();
    private final Map<String, Double> usage = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    private IotService service(Map<String, Object> rule) {
        return new IotService(
                folder.resolve("mqtt"),
                0,
                Map.of("temperature", rule),
                firehose,
                uri -> folder.resolve(uri.substring("s3://".length())),
                (service, unit, quantity) -> usage.merge(service + "/" + unit, quantity, Double::sum),
                CLOCK);
    }

    private static Mqtt3AsyncClient client(String id, int port) throws Exception {
        Mqtt3AsyncClient client = MqttClient.builder()
                .useMqttVersion3()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        client.connect().get(10, TimeUnit.SECONDS);
        return client;
    }

    private static CompletableFuture<?> publish(Mqtt3AsyncClient client, String topic, String payload) {
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(UTF_8))
                .send();
    }

    @Test
    void readingsReachFirehoseWithTheirRoomAndSensorInTheOrderInWhichTheyWereSent() throws Exception {
        try (IotService iot = service(RULE)) {
            assertThat(iot.port()).isEmpty();
            Mqtt3AsyncClient sensor = client("sensor-lab", iot.start());
            for (int i = 0; i < 200; i++) {
                publish(sensor, "rooms/lab/temperature", "{\"temperature\":%d.50}".formatted(i));
            }
            publish(sensor, "elsewhere", "{}").get(10, TimeUnit.SECONDS);

            assertThat(iot.awaitProcessed(201, Duration.ofSeconds(20))).isTrue();
            assertThat(firehose.records()).hasSize(200);
            assertThat(firehose.records().get(0))
                    .isEqualTo("{\"temperature\":0.50,\"topic_room\":\"lab\",\"sensor\":\"sensor-lab\","
                            + "\"received\":1774915200000}\n");
            assertThat(firehose.records().get(199)).startsWith("{\"temperature\":199.50,");
            assertThat(usage)
                    .containsEntry("IoT Core/message", 201.0)
                    .containsEntry("IoT Core/rule triggered", 200.0)
                    .containsEntry("IoT Core/action executed", 200.0);
            sensor.disconnect().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aMessageThatIsNoJsonGoesWholeToTheErrorAction() throws Exception {
        try (IotService iot = service(RULE)) {
            Mqtt3AsyncClient sensor = client("sensor-lab", iot.start());
            publish(sensor, "rooms/lab/temperature", "\u0000\u0001 21.5 C").get(10, TimeUnit.SECONDS);
            assertThat(iot.awaitProcessed(1, Duration.ofSeconds(20))).isTrue();
            sensor.disconnect().get(10, TimeUnit.SECONDS);
        }

        assertThat(firehose.records()).isEmpty();
        try (var files = Files.list(folder.resolve("lake/errors/lab"))) {
            JsonObject report = JsonParser.parseString(
                            Files.readString(files.findFirst().orElseThrow()))
                    .getAsJsonObject();
            assertThat(report.get("ruleName").getAsString()).isEqualTo("temperature");
            assertThat(report.get("topic").getAsString()).isEqualTo("rooms/lab/temperature");
            assertThat(new String(
                            Base64.getDecoder()
                                    .decode(report.get("base64OriginalPayload").getAsString()),
                            UTF_8))
                    .isEqualTo("\u0000\u0001 21.5 C");
            assertThat(report.getAsJsonArray("failures").toString()).contains("no JSON");
        }
    }

    @Test
    void aRuleThatAsksForWhatIsNotBuiltIsRefusedByName() {
        Map<String, Object> lambda = Map.of(
                "TopicRulePayload",
                Map.of(
                        "AwsIotSqlVersion", "2016-03-23",
                        "Sql", "SELECT * FROM 'a'",
                        "Actions", List.of(Map.of("Lambda", Map.of("FunctionArn", "x")))));
        assertThatThrownBy(() -> service(lambda))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("temperature")
                .hasMessageContaining("Lambda");
    }
}
