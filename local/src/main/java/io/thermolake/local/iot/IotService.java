package io.thermolake.local.iot;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.interception.AbstractInterceptHandler;
import io.moquette.interception.InterceptHandler;
import io.moquette.interception.messages.InterceptPublishMessage;
import io.netty.buffer.ByteBufUtil;
import io.thermolake.local.aws.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.firehose.FirehoseClient;

/**
 * An MQTT 3.1.1 broker on the loopback interface, started when it is first asked for, and the template's topic rules. As
 * on AWS a sender's acknowledgement comes from the broker, not from the rules' actions.
 */
public final class IotService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IotService.class);
    /** IoT Core's own limit. */
    private static final int MOST_PAYLOAD_BYTES = 128 << 10;
    /** What IoT Core bills as one message, topic and payload. */
    private static final int BILLED_STEP_BYTES = 5 << 10;

    private static final int SESSION_QUEUE = 1 << 16;

    private final Path state;
    private final int wantedPort;
    private final List<TopicRule> rules;
    private final Usage usage;
    private final Clock clock;
    private final Supplier<String> uuids;
    private @Nullable Server broker;
    private int port;
    private long processed;

    /**
     * @param state an empty folder of its own
     * @param wantedPort 0 for any
     * @param rules name to properties of each AWS::IoT::TopicRule
     * @param s3 where an object of an s3:// URI lies
     * @throws RuleException when a rule asks for what this cloud cannot do
     */
    public IotService(
            Path state,
            int wantedPort,
            Map<String, Map<String, Object>> rules,
            FirehoseClient firehose,
            Function<String, Path> s3,
            Usage usage,
            Clock clock) {
        this.state = state;
        this.wantedPort = wantedPort;
        this.usage = usage;
        this.clock = clock;
        this.uuids = () -> UUID.randomUUID().toString();
        RuleAction.RuleOutlets targets = new RuleAction.RuleOutlets(firehose, s3, usage, state);
        this.rules = rules.entrySet().stream()
                .map(e -> TopicRule.of(e.getKey(), e.getValue(), targets))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Starts the broker unless it runs. @return its port on 127.0.0.1 */
    public synchronized int start() {
        if (broker == null) {
            Server server = new Server();
            port = wantedPort == 0 ? freePort() : wantedPort;
            try {
                Files.createDirectories(state);
                server.startServer(new MemoryConfig(settings()), List.<InterceptHandler>of(new Rules()));
            } catch (IOException e) {
                throw new UncheckedIOException("The MQTT broker could not start on port " + port, e);
            }
            broker = server;
            LOG.info("mqtt.started port={}", port);
        }
        return port;
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
        settings.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(port));
        settings.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
        settings.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        settings.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        settings.setProperty(IConfig.DATA_PATH_PROPERTY_NAME, state.toString());
        // What does not fit is dropped without an acknowledgement: a sensor may have thousands on their way.
        settings.setProperty(IConfig.SESSION_QUEUE_SIZE, Integer.toString(SESSION_QUEUE));
        settings.setProperty(IConfig.NETTY_MAX_BYTES_PROPERTY_NAME, Integer.toString(MOST_PAYLOAD_BYTES + 1024));
        return settings;
    }

    /** Not asked of the broker: its getPort races with its own start, and fails with a ConcurrentModificationException. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("There is no free port for the MQTT broker", e);
        }
    }

    /** The broker's port, or empty while nobody has asked for it. */
    public synchronized Optional<Integer> port() {
        return broker == null ? Optional.empty() : Optional.of(port);
    }

    /** How many messages went through the rules since the start. */
    public synchronized long processed() {
        return processed;
    }

    /** @return false when fewer than {@code total} messages went through the rules within the time */
    public synchronized boolean awaitProcessed(long total, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis();
                processed < total && left > 0;
                left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return processed >= total;
    }

    private void published(String topic, String clientId, byte[] payload) {
        int size = payload.length + topic.length();
        usage.add("IoT Core", "message", (size + BILLED_STEP_BYTES - 1) / BILLED_STEP_BYTES);
        Message message = new Message(topic, clientId, payload, clock.millis(), uuids);
        for (TopicRule rule : rules) {
            try {
                rule.run(message);
            } catch (RuntimeException e) {
                LOG.error("rule.message lost topic={} client={}", topic, clientId, e);
            }
        }
        synchronized (this) {
            processed++;
            notifyAll();
        }
    }

    /** Returns at once: the broker's network threads take two seconds to end, and nothing of them is kept. */
    @Override
    public synchronized void close() {
        Server server = broker;
        broker = null;
        if (server != null) {
            Thread stop = new Thread(server::stopServer, "mqtt-stop");
            stop.setDaemon(true);
            stop.start();
        }
    }

    private final class Rules extends AbstractInterceptHandler {
        @Override
        public String getID() {
            return "topic-rules";
        }

        @Override
        public void onPublish(InterceptPublishMessage published) {
            try {
                published(
                        published.getTopicName(),
                        published.getClientID(),
                        ByteBufUtil.getBytes(published.getPayload()));
            } finally {
                // Releases the payload's buffer.
                super.onPublish(published);
            }
        }

        @Override
        public void onSessionLoopError(Throwable error) {
            LOG.error("mqtt.session failed", error);
        }
    }
}
