package io.thermolake.local.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonParseException;
import io.thermolake.RecordJson;
import io.thermolake.local.aws.WholeFiles;
import io.thermolake.local.database.DatabaseService;
import io.thermolake.local.firehose.FirehoseService;
import io.thermolake.local.iot.IotService;
import io.thermolake.local.s3.Buckets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the sample to where a run finds it, once for a data folder: history files into the lake's raw zone, rows into the
 * external database, and the live readings by MQTT, through the topic rule and Firehose, as sensors send them. What a kill
 * cut off is sent again, whole: readings sent twice are readings sent twice.
 */
public final class SampleSender {
    private static final Logger LOG = LoggerFactory.getLogger(SampleSender.class);
    private static final Duration RULES = Duration.ofMinutes(2);

    private static final String SENT = "sample.json";
    /** There before the first reading of the sample is: what a kill leaves is the sample's, and sent again. */
    private static final String BEGUN = "sample.begun";

    private final Path begun;
    private final Path marker;
    private final Buckets buckets;
    private final String history;
    private final DatabaseService database;
    private final IotService iot;
    private final FirehoseService firehose;

    /**
     * @param folder {@code sample.json} says there that the sample was sent
     * @param history the s3:// URI, with a '/' at its end, of the raw zone's history
     */
    public SampleSender(
            Path folder,
            Buckets buckets,
            String history,
            DatabaseService database,
            IotService iot,
            FirehoseService firehose) {
        this.begun = folder.resolve(BEGUN);
        this.marker = folder.resolve(SENT);
        this.buckets = buckets;
        this.history = history;
        this.database = database;
        this.iot = iot;
        this.firehose = firehose;
    }

    /** Whether a data folder holds the sample, or a part of it. */
    public static boolean hasBegun(Path folder) {
        return Files.exists(folder.resolve(SENT)) || Files.exists(folder.resolve(BEGUN));
    }

    /** Whether a data folder holds the whole sample. */
    public static boolean isSent(Path folder) {
        return Files.exists(folder.resolve(SENT));
    }

    /** What was sent, if the sample was. */
    public Optional<SampleReport> sent() {
        try {
            if (!Files.exists(marker)) {
                return Optional.empty();
            }
            SampleReport sent = RecordJson.gson().fromJson(Files.readString(marker, UTF_8), SampleReport.class);
            if (sent == null) {
                throw new JsonParseException("it is empty");
            }
            return Optional.of(sent);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + marker + " failed", e);
        } catch (JsonParseException e) {
            // It is there: the sample was sent, and must not be sent twice.
            throw new IllegalStateException(
                    marker
                            + " is broken, which says what the sample was; begin with another data folder, or put a good copy"
                            + " in its place",
                    e);
        }
    }

    /**
     * Sends the sample unless it was sent; of two callers the second waits. A database of the user's own is left as it is.
     *
     * @return when all of it is in S3 and in the database
     */
    public synchronized SampleReport send() {
        Optional<SampleReport> before = sent();
        if (before.isPresent()) {
            return before.get();
        }
        WholeFiles.write(begun, "");
        Sample sample = new Sample();
        long start = System.nanoTime();
        CompletableFuture<Void> filling = CompletableFuture.runAsync(() -> fill(sample));
        HistorySource.files(sample).forEach((name, csv) -> buckets.write(history + name, csv.getBytes(UTF_8)));
        sendLive(sample);
        firehose.flush();
        filling.join();
        SampleReport report = SampleReport.of(sample);
        WholeFiles.write(marker, RecordJson.gson().toJson(report));
        LOG.info(
                "sample.sent history={} database={} live={} errors={} millis={}",
                report.history(),
                report.database(),
                report.live(),
                report.errors(),
                (System.nanoTime() - start) / 1_000_000);
        return report;
    }

    private void sendLive(Sample sample) {
        int port = iot.start();
        long before = iot.processed();
        long messages = 0;
        for (String room : sample.rooms()) {
            List<LiveMessage> all = LiveSource.messages(sample, room);
            try (SensorClient sensor = new SensorClient("127.0.0.1", port, room)) {
                all.forEach(sensor::send);
                sensor.awaitAcknowledged();
            }
            messages += all.size();
        }
        try {
            if (!iot.awaitProcessed(before + messages, RULES)) {
                throw new IllegalStateException("Only %d of %d sample messages went through the topic rules within %s"
                        .formatted(iot.processed() - before, messages, RULES));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the sample was sent", e);
        }
    }

    private void fill(Sample sample) {
        if (!database.isOwn()) {
            return;
        }
        try (Connection connection = database.connect()) {
            DatabaseSource.fill(connection, sample);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The sample's rows did not reach the external database: " + e.getMessage(), e);
        }
    }
}
