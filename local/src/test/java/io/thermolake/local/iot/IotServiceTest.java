package io.thermolake.local.iot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import io.thermolake.local.stack.StackReader;
import java.io.IOException;
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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        private volatile String failure = "";

        @Override
        public synchronized PutRecordResponse putRecord(PutRecordRequest request) {
            if (!failure.isEmpty()) {
                throw new IllegalStateException(failure);
            }
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

    private IotService service(Map<String, Map<String, Object>> rules) {
        return new IotService(
                folder.resolve("mqtt"),
                0,
                rules,
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
        try (IotService iot = service(Map.of("temperature", RULE))) {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"timestamp\":\"2026-03-31 00:00:00\",\"room_id\":\"lab\",\"temperature\":20.5}  | true",
                "{\"temperature\":20.5}                                    | true",
                "{\"timestamp\":null}                                      | true",
                "{\"battery\":3}                                           | false",
                "{}                                                        | false",
                "[{\"room_id\":\"lab\"}]                                   | false",
                "{\"room_id\":\"lab\"}{\"room_id\":\"attic\"}              | false",
                "{\"room_id\":\"lab\"                                      | false",
                "21.5                                                      | false",
                "21.5 °C\u0000                                             | false",
            })
    void ofTheTemplatesTwoRulesExactlyOneTakesAMessage(String payload, boolean reading) throws Exception {
        try (IotService iot = service(templateRules())) {
            Mqtt3AsyncClient sensor = client("sensor-lab", iot.start());
            publish(sensor, "rooms/lab/temperature", payload).get(10, TimeUnit.SECONDS);
            assertThat(iot.awaitProcessed(1, Duration.ofSeconds(20))).isTrue();
            sensor.disconnect().get(10, TimeUnit.SECONDS);
        }

        List<Path> kept = files(folder.resolve("thermolake-lake-bucket"));
        assertThat(firehose.records()).hasSize(reading ? 1 : 0);
        assertThat(kept).hasSize(reading ? 0 : 1);
        if (!reading) {
            assertThat(kept.get(0).toString()).contains("/raw/errors/iot/no-reading/lab/");
            JsonObject message =
                    JsonParser.parseString(Files.readString(kept.get(0))).getAsJsonObject();
            assertThat(new String(
                            Base64.getDecoder().decode(message.get("payload").getAsString()), UTF_8))
                    .isEqualTo(payload);
            assertThat(message.get("topic").getAsString()).isEqualTo("rooms/lab/temperature");
            assertThat(message.get("sensor").getAsString()).isEqualTo("sensor-lab");
        }
    }

    @Test
    void whatARulesSqlCannotTakeIsDroppedAndWhatItsActionCannotGoesWholeToTheErrorAction() throws Exception {
        firehose.failure = "the stream is gone";
        try (IotService iot = service(Map.of("temperature", RULE))) {
            Mqtt3AsyncClient sensor = client("sensor-lab", iot.start());
            publish(sensor, "rooms/lab/temperature", "21.5 C").get(10, TimeUnit.SECONDS);
            publish(sensor, "rooms/lab/temperature", "{\"temperature\":21.5}").get(10, TimeUnit.SECONDS);
            assertThat(iot.awaitProcessed(2, Duration.ofSeconds(20))).isTrue();
            sensor.disconnect().get(10, TimeUnit.SECONDS);
        }

        List<Path> reports = files(folder.resolve("lake/errors/lab"));
        assertThat(reports).hasSize(1);
        JsonObject report =
                JsonParser.parseString(Files.readString(reports.get(0))).getAsJsonObject();
        assertThat(report.get("ruleName").getAsString()).isEqualTo("temperature");
        assertThat(report.get("topic").getAsString()).isEqualTo("rooms/lab/temperature");
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(report.get("base64OriginalPayload").getAsString()),
                        UTF_8))
                .isEqualTo("{\"temperature\":21.5}");
        assertThat(report.getAsJsonArray("failures").toString()).contains("FirehoseAction", "the stream is gone");
    }

    private static Map<String, Map<String, Object>> templateRules() {
        Map<String, Map<String, Object>> rules = new TreeMap<>();
        StackReader.read(Path.of("..", "template.yaml"), Map.of())
                .ofType("AWS::IoT::TopicRule")
                .forEach(rule -> rules.put(rule.physicalId(), rule.properties()));
        return rules;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
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
        assertThatThrownBy(() -> service(Map.of("temperature", lambda)))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("temperature")
                .hasMessageContaining("Lambda");
    }
}
