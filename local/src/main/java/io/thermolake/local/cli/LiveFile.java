package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.Record;

/**
 * A user's JSON lines, copied to where they can be sent from: plain UTF-8, a line each. The whole file is read before a line
 * of it is sent, and never held.
 *
 * @param copy the copy; the caller deletes it
 * @param rows lines with something in them
 * @param notes what a user should know of how it was read
 */
record LiveFile(Path file, Path copy, long rows, List<String> notes) {
    /** The most bytes that a record of Firehose may have. */
    private static final int MOST_BYTES = 1000 << 10;

    private static final int BATCH = 500;
    private static final int BATCH_BYTES = 3_000_000;
    /** So many lines without one object are no JSON lines. */
    private static final int FIRST_LINES = 100;

    private static final Pattern ARRAY = Pattern.compile("\\[\\s*([{\\]].*)?", Pattern.DOTALL);

    /**
     * @param copy a file to write to
     * @throws CommandException when the file cannot be brought, with why
     */
    static LiveFile of(Path file, Path copy) {
        TextLines lines = null;
        List<String> notes = new ArrayList<>();
        try (InputStream in = UserFile.open(file, notes);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
            lines = new TextLines(in);
            long rows = 0;
            long tooLong = 0;
            long firstLong = 0;
            boolean object = false;
            for (String line = lines.next(); line != null; line = lines.next()) {
                String text = line.strip();
                if (text.isEmpty()) {
                    continue;
                }
                if (rows == 0
                        && tooLong == 0
                        && ARRAY.matcher(text.substring(0, Math.min(99, text.length())))
                                .matches()) {
                    throw new CommandException(UserFile.shown(file)
                            + " is a JSON array; --live takes one object a line. jq -c '.[]' makes lines of an array");
                }
                byte[] bytes = (line + "\n").getBytes(UTF_8);
                if (lines.cut() || bytes.length > MOST_BYTES) {
                    firstLong = tooLong == 0 ? lines.number() : firstLong;
                    tooLong++;
                    continue;
                }
                object |= text.startsWith("{");
                if (++rows == FIRST_LINES && !object) {
                    throw noJson(file);
                }
                out.write(bytes);
            }
            if (rows == 0 && tooLong == 0) {
                throw new CommandException(UserFile.shown(file) + " is empty; --live takes a JSON object a line");
            }
            if (!object) {
                throw tooLong > 0 ? new CommandException(tooLong(file, tooLong, firstLong)) : noJson(file);
            }
            return new LiveFile(file, copy, rows, notes(notes, lines, tooLong, firstLong));
        } catch (IOException e) {
            throw HistoryFile.broken(file, lines, e);
        }
    }

    private static CommandException noJson(Path file) {
        return new CommandException(UserFile.shown(file)
                + " has no JSON objects in its first lines; --live takes one object a line, and --history takes CSV");
    }

    private static String tooLong(Path file, long number, long first) {
        return "%s: %s (the first is line %d) are longer than the 1,000 KiB that a record of Firehose may have"
                .formatted(UserFile.shown(file), Console.count(number) + (number == 1 ? " line" : " lines"), first);
    }

    private static List<String> notes(List<String> notes, TextLines lines, long tooLong, long firstLong) {
        if (lines.windows() > 0) {
            notes.add("%s of its lines are no UTF-8 and were read as Windows-1252"
                    .formatted(Console.count(lines.windows())));
        }
        if (tooLong > 0) {
            notes.add(
                    "%s of its lines were left out, the first of them line %d: longer than the 1,000 KiB that a record of Firehose may have"
                            .formatted(Console.count(tooLong), firstLong));
        }
        return notes;
    }

    /** Sends each line as a record. */
    void send(FirehoseClient firehose, String stream) {
        List<Record> batch = new ArrayList<>();
        long bytes = 0;
        try (BufferedReader reader = Files.newBufferedReader(copy, UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                byte[] record = (line + "\n").getBytes(UTF_8);
                if (batch.size() == BATCH || bytes + record.length > BATCH_BYTES) {
                    send(firehose, stream, batch);
                    bytes = 0;
                }
                batch.add(Record.builder().data(SdkBytes.fromByteArray(record)).build());
                bytes += record.length;
            }
            send(firehose, stream, batch);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + copy + " failed", e);
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
