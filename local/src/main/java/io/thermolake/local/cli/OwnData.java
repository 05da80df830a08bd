package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.lake.LakeLayout;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Brings a user's own files where the pipeline looks for them: history into {@code raw/history/}, with the columns under our
 * names in its header, and live lines through Firehose as they are. Rows are not touched.
 *
 * @param timestamp the column of the time
 * @param value the column of the temperature
 * @param room the column of the room
 */
record OwnData(String timestamp, String value, String room) {
    /** In a data folder: it holds a user's own data, and never the sample. */
    static final String MARKER = "own-data";

    private static final int BATCH = 500;
    private static final int BATCH_BYTES = 3_000_000;

    /** @throws CommandException when the file is missing or lacks a column */
    static void check(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandException("There is no file " + file + " to read");
        }
    }

    /** Puts a CSV file into raw/history/ under its own name. @return lines put, without the header */
    long history(Path file, S3Client s3, String bucket) {
        check(file);
        try (BufferedReader reader = Files.newBufferedReader(file, UTF_8)) {
            String header = reader.readLine();
            if (header == null) {
                throw new CommandException(file + " is empty; its first line must name the columns");
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write((String.join(",", renamed(file, header)) + "\n").getBytes(UTF_8));
            long lines = 0;
            String line;
            while ((line = reader.readLine()) != null) {
                out.write((line + "\n").getBytes(UTF_8));
                lines += line.isBlank() ? 0 : 1;
            }
            s3.putObject(
                    b -> b.bucket(bucket).key(LakeLayout.HISTORY + file.getFileName()),
                    RequestBody.fromBytes(out.toByteArray()));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + " failed", e);
        }
    }

    private List<String> renamed(Path file, String header) {
        String text = header.startsWith("\uFEFF") ? header.substring(1) : header;
        List<String> columns = new ArrayList<>(Arrays.stream(text.split(",", -1))
                .map(c -> c.strip().replace("\"", ""))
                .toList());
        rename(file, columns, timestamp, "timestamp", "--timestamp");
        rename(file, columns, value, "temperature", "--value");
        rename(file, columns, room, "room_id", "--room");
        return columns;
    }

    private static void rename(Path file, List<String> columns, String from, String to, String option) {
        int at = columns.indexOf(from);
        if (at < 0) {
            throw new CommandException("%s has no column '%s'; it has %s. Name yours with %s"
                    .formatted(file, from, String.join(", ", columns), option));
        }
        columns.set(at, to);
    }

    /** Sends each line of a file through Firehose, as it is. @return lines sent */
    static long live(Path file, FirehoseClient firehose, String stream) {
        check(file);
        long lines = 0;
        List<Record> batch = new ArrayList<>();
        long bytes = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            // Latin-1 carries every byte: a line that is no UTF-8 arrives as it is, and is quarantined.
            String line;
            while ((line = reader.readLine()) != null) {
                byte[] record = (line + "\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
                if (batch.size() == BATCH || bytes + record.length > BATCH_BYTES) {
                    send(firehose, stream, batch);
                    bytes = 0;
                }
                batch.add(Record.builder().data(SdkBytes.fromByteArray(record)).build());
                bytes += record.length;
                lines++;
            }
            send(firehose, stream, batch);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + " failed", e);
        }
    }

    private static void send(FirehoseClient firehose, String stream, List<Record> batch) {
        if (!batch.isEmpty()) {
            var answer =
                    firehose.putRecordBatch(b -> b.deliveryStreamName(stream).records(batch));
            if (answer.failedPutCount() > 0) {
                throw new CommandException("Firehose refused " + answer.failedPutCount() + " lines");
            }
            batch.clear();
        }
    }
}
