package io.thermolake.local.firehose;

import io.thermolake.local.aws.Threads;
import io.thermolake.local.aws.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.DescribeDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DescribeDeliveryStreamResponse;
import software.amazon.awssdk.services.firehose.model.DestinationDescription;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.ListDeliveryStreamsRequest;
import software.amazon.awssdk.services.firehose.model.ListDeliveryStreamsResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.PutRecordRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordResponse;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;

/**
 * Direct puts into the template's delivery streams. A record that was accepted is in a file of the data folder and reaches
 * S3, if need be after a restart.
 */
public final class FirehoseService implements FirehoseClient {
    private static final Logger LOG = LoggerFactory.getLogger(FirehoseService.class);
    private static final int MOST_RECORD_BYTES = 1_000 << 10;
    private static final int MOST_BATCH_BYTES = 4 << 20;
    private static final int MOST_BATCH_RECORDS = 500;
    /** What AWS bills for a smaller record of a direct put. */
    private static final int BILLED_STEP_BYTES = 5 << 10;

    private static final double BYTES_A_GB = 1 << 30;

    private final Map<String, StreamBuffer> buffers = new TreeMap<>();
    private final Usage usage;
    private final AtomicLong ids = new AtomicLong();
    private final ScheduledExecutorService timer;

    /**
     * @param state folder of the accepted records
     * @param s3 where an object of an s3:// URI lies
     */
    public FirehoseService(
            Path state, Collection<DeliveryStream> streams, Function<String, Path> s3, Usage usage, Clock clock) {
        this.usage = usage;
        try {
            for (DeliveryStream stream : streams) {
                buffers.put(stream.name(), new StreamBuffer(stream, state.resolve(stream.name()), s3, usage, clock));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The records that Firehose accepted cannot be read in " + state, e);
        }
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "firehose");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        for (StreamBuffer buffer : buffers.values()) {
            try {
                buffer.tick();
            } catch (IOException | RuntimeException | Error e) {
                // Whatever it is: a timer that throws is never called again.
                LOG.warn(
                        "firehose.delivery failed stream={} tried again in a second",
                        buffer.stream().name(),
                        e);
            }
        }
    }

    /** Delivers everything accepted so far, whatever its age. */
    public void flush() {
        for (StreamBuffer buffer : buffers.values()) {
            try {
                buffer.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "Firehose could not deliver " + buffer.stream().name(), e);
            }
        }
    }

    @Override
    public PutRecordResponse putRecord(PutRecordRequest request) {
        byte[] data = data(request.record());
        accept(buffer(request.deliveryStreamName()), List.of(data));
        return PutRecordResponse.builder().recordId(id()).encrypted(false).build();
    }

    @Override
    public PutRecordBatchResponse putRecordBatch(PutRecordBatchRequest request) {
        if (request.records().isEmpty() || request.records().size() > MOST_BATCH_RECORDS) {
            throw invalid("1 to %d records are allowed in a batch, not %d"
                    .formatted(MOST_BATCH_RECORDS, request.records().size()));
        }
        List<byte[]> all = request.records().stream().map(FirehoseService::data).toList();
        if (all.stream().mapToLong(r -> r.length).sum() > MOST_BATCH_BYTES) {
            throw invalid("Records total more than 4 MiB");
        }
        accept(buffer(request.deliveryStreamName()), all);
        return PutRecordBatchResponse.builder()
                .failedPutCount(0)
                .encrypted(false)
                .requestResponses(all.stream()
                        .map(r -> PutRecordBatchResponseEntry.builder()
                                .recordId(id())
                                .build())
                        .toList())
                .build();
    }

    private void accept(StreamBuffer buffer, List<byte[]> records) {
        try {
            buffer.put(records);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Firehose could not keep a record of " + buffer.stream().name(), e);
        }
        long steps = records.stream()
                .mapToLong(r -> Math.max(1, (r.length + BILLED_STEP_BYTES - 1) / BILLED_STEP_BYTES))
                .sum();
        usage.add("Firehose", "GB", steps * BILLED_STEP_BYTES / BYTES_A_GB);
    }

    @Override
    public DescribeDeliveryStreamResponse describeDeliveryStream(DescribeDeliveryStreamRequest request) {
        DeliveryStream stream = buffer(request.deliveryStreamName()).stream();
        DestinationDescription to = DestinationDescription.builder()
                .destinationId("destinationId-000000000001")
                .extendedS3DestinationDescription(d -> d.bucketARN("arn:aws:s3:::" + stream.bucket())
                        .prefix(stream.prefix().toString())
                        .compressionFormat(stream.gzip() ? CompressionFormat.GZIP : CompressionFormat.UNCOMPRESSED)
                        .bufferingHints(
                                h -> h.intervalInSeconds((int) stream.interval().toSeconds())
                                        .sizeInMBs((int) (stream.sizeBytes() >> 20))))
                .build();
        return DescribeDeliveryStreamResponse.builder()
                .deliveryStreamDescription(DeliveryStreamDescription.builder()
                        .deliveryStreamName(stream.name())
                        .deliveryStreamARN(stream.arn())
                        .deliveryStreamStatus(DeliveryStreamStatus.ACTIVE)
                        .deliveryStreamType(DeliveryStreamType.DIRECT_PUT)
                        .versionId("1")
                        .destinations(to)
                        .hasMoreDestinations(false)
                        .build())
                .build();
    }

    @Override
    public ListDeliveryStreamsResponse listDeliveryStreams(ListDeliveryStreamsRequest request) {
        String after = request.exclusiveStartDeliveryStreamName();
        int most = request.limit() == null ? 10 : request.limit();
        List<String> names = buffers.keySet().stream()
                .filter(name -> after == null || name.compareTo(after) > 0)
                .toList();
        return ListDeliveryStreamsResponse.builder()
                .deliveryStreamNames(names.subList(0, Math.min(most, names.size())))
                .hasMoreDeliveryStreams(names.size() > most)
                .build();
    }

    private StreamBuffer buffer(String name) {
        StreamBuffer buffer = name == null ? null : buffers.get(name);
        if (buffer == null) {
            throw ResourceNotFoundException.builder()
                    .message("Firehose %s under account 000000000000 not found.".formatted(name))
                    .build();
        }
        return buffer;
    }

    private static byte[] data(Record record) {
        if (record == null || record.data() == null) {
            throw invalid("A record needs Data");
        }
        byte[] data = record.data().asByteArray();
        if (data.length > MOST_RECORD_BYTES) {
            throw invalid("Record size of %d bytes exceeds 1000 KiB".formatted(data.length));
        }
        return data;
    }

    private static InvalidArgumentException invalid(String message) {
        return InvalidArgumentException.builder().message(message).build();
    }

    private String id() {
        return "%020d".formatted(ids.incrementAndGet());
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Stops the clock. What is accepted and not delivered stays in its file for the next start. */
    @Override
    public void close() {
        Threads.end(timer);
        try {
            for (StreamBuffer buffer : buffers.values()) {
                buffer.leave();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Firehose could not close its files", e);
        }
    }
}
