package io.thermolake.local.sample;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A room's sensor: one MQTT connection, QoS 1, any number of messages on their way at once, in their order. */
final class SensorClient implements AutoCloseable {
    private static final int SECONDS = 60;
    /** On their way at once: a thousand is where some brokers begin to drop. */
    private static final int WINDOW = 512;

    private final Mqtt3AsyncClient client;
    private final String where;
    private final Deque<CompletableFuture<?>> sent = new ArrayDeque<>();

    /** @throws IllegalStateException when no broker is there */
    SensorClient(String host, int port, String room) {
        where = host + ":" + port;
        client = MqttClient.builder()
                .useMqttVersion3()
                .identifier("sensor-" + room)
                .serverHost(host)
                .serverPort(port)
                .buildAsync();
        await(client.connect(), "connect to");
    }

    /** Waits while too many are on their way. */
    void send(LiveMessage message) {
        if (sent.size() >= WINDOW) {
            await(sent.remove(), "send to");
        }
        sent.add(client.publishWith()
                .topic(message.topic())
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(message.bytes())
                .send());
    }

    /** Returns when the broker has acknowledged every message so far. */
    void awaitAcknowledged() {
        await(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)), "send to");
        sent.clear();
    }

    private void await(CompletableFuture<?> future, String what) {
        try {
            future.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a sensor tried to " + what + " " + where, e);
        } catch (ExecutionException | TimeoutException e) {
            // A broker that refuses a message does not answer at all.
            throw new IllegalStateException(
                    "A sensor could not %s the MQTT broker at %s: %s; is the cloud running?".formatted(what, where, e),
                    e);
        }
    }

    @Override
    public void close() {
        await(client.disconnect(), "leave");
    }
}
