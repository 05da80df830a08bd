package io.thermolake.local.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import io.thermolake.local.aws.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The executions' histories as JSON lines, appended, and their snapshots to redrive from. */
final class Histories {
    private static final Logger LOG = LoggerFactory.getLogger(Histories.class);

    private final Path folder;

    Histories(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("making " + folder + " failed", e);
        }
    }

    private Path file(String arn, String suffix) {
        String[] parts = arn.split(":");
        // A Map Run's child has its Map's label behind the machine's name.
        String machine = parts[parts.length - 2].replace("/", "%2F");
        return folder.resolve(machine + "--" + parts[parts.length - 1] + suffix);
    }

    void append(String arn, HistoryEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", event.id());
        line.put("previousEventId", event.previousEventId());
        line.put("timestamp", event.timestamp().toString());
        line.put("type", event.type());
        if (!event.detailsKey().isEmpty()) {
            line.put(event.detailsKey(), event.details());
        }
        try {
            Files.writeString(
                    file(arn, ".jsonl"),
                    Json.text(line) + "\n",
                    UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // What a full disk cut off would stand before the next event.
            mend(arn);
            throw new UncheckedIOException("writing the history of " + arn + " failed: " + e.getMessage(), e);
        }
    }

    /** Cuts off the half line that a kill left, so that the next event begins a line. */
    private void mend(String arn) {
        Path file = file(arn, ".jsonl");
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            byte[] all = Files.readAllBytes(file);
            int end = all.length;
            while (end > 0 && all[end - 1] != '\n') {
                end--;
            }
            channel.truncate(end);
        } catch (IOException e) {
            throw new UncheckedIOException("mending the history of " + arn + " failed", e);
        }
    }

    /** Ends the history of an execution whose cloud died under it. */
    void abort(String arn, String cause, Instant at) {
        mend(arn);
        append(
                arn,
                new HistoryEvent(
                        of(arn).size() + 1L,
                        0,
                        at,
                        "ExecutionAborted",
                        "executionAbortedEventDetails",
                        Map.of("cause", cause)));
    }

    /** Every event as AWS's JSON has it; a line that a kill cut off, or that is damaged, is left out. */
    List<Map<?, ?>> of(String arn) {
        Path file = file(arn, ".jsonl");
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<Map<?, ?>> events = new ArrayList<>();
            for (String line :
                    new String(Files.readAllBytes(file), UTF_8).lines().toList()) {
                event(file, line).ifPresent(events::add);
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException("reading the history of " + arn + " failed", e);
        }
    }

    private static Optional<Map<?, ?>> event(Path file, String line) {
        try {
            return line.endsWith("}") ? Optional.ofNullable((Map<?, ?>) Json.parse(line)) : Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("history.line left out file={}: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    void snapshot(String arn, Map<String, Object> snapshot) {
        WholeFiles.write(file(arn, ".snapshot"), Json.text(snapshot));
    }

    /** @throws UncheckedIOException when there is none */
    @SuppressWarnings("unchecked")
    Map<String, Object> snapshot(String arn) {
        try {
            Object value = Json.parse(Files.readString(file(arn, ".snapshot"), UTF_8));
            return value == null ? Map.of() : (Map<String, Object>) value;
        } catch (IOException e) {
            throw new UncheckedIOException("The execution " + arn + " left nothing to redrive from", e);
        }
    }
}
