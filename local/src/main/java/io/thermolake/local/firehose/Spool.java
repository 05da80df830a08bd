package io.thermolake.local.firehose;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A buffer of one delivery as a file: a record is in it before its sender hears that it was accepted. Its name says when
 * its first record arrived and which number it has, and the delivered object's key follows from both: what is delivered
 * again after a kill replaces itself.
 */
final class Spool implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("(\\d{12,18})-(\\d{1,16})\\.spool");
    /** No record that was accepted is longer: a frame that says so is damage, and must not be read into memory. */
    private static final int MOST_RECORD_BYTES = 1_000 << 10;

    /** @param bytes of good records; @param whole whether all that is in the file is records */
    record Copied(long bytes, boolean whole) {}

    private final Path file;
    private final FileChannel channel;
    private final Instant opened;
    private final long number;
    private long bytes;

    private Spool(Path file) throws IOException {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(file + " has no spool's name");
        }
        this.file = file;
        this.number = Long.parseLong(name.group(1));
        this.opened = Instant.ofEpochMilli(Long.parseLong(name.group(2)));
        this.channel = FileChannel.open(file, CREATE, APPEND);
    }

    static Spool create(Path folder, long number, Instant now) throws IOException {
        return new Spool(folder.resolve("%012d-%d.spool".formatted(number, now.toEpochMilli())));
    }

    /** @return what an earlier process left, in the order of arrival */
    static List<Path> left(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> NAME.matcher(f.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    static Spool reopen(Path file) throws IOException {
        return new Spool(file);
    }

    Instant opened() {
        return opened;
    }

    long number() {
        return number;
    }

    /** Bytes of the records that this process put in. */
    long bytes() {
        return bytes;
    }

    void append(List<byte[]> records) throws IOException {
        int size = records.stream().mapToInt(r -> Integer.BYTES + r.length).sum();
        ByteBuffer frame = ByteBuffer.allocate(size);
        records.forEach(r -> frame.putInt(r.length).put(r));
        frame.flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
        bytes += size - (long) Integer.BYTES * records.size();
    }

    /**
     * Copies the records without their frames. One that a kill cut off was never accepted and is left out; what comes after a
     * frame of no possible length cannot be told apart any more.
     */
    Copied copyTo(OutputStream out) throws IOException {
        long copied = 0;
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(raw, 1 << 16))) {
            while (true) {
                int length = in.readInt();
                if (length < 0 || length > MOST_RECORD_BYTES) {
                    return new Copied(copied, false);
                }
                byte[] record = in.readNBytes(length);
                if (record.length < length) {
                    return new Copied(copied, true);
                }
                out.write(record);
                copied += length;
            }
        } catch (EOFException e) {
            return new Copied(copied, true);
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }
}
