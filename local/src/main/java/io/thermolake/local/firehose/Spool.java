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

/**
 * A buffer of one delivery as a file: a record is in it before its sender hears that it was accepted. Its name says when
 * its first record arrived and which number it has, and the delivered object's key follows from both: what is delivered
 * again after a kill replaces itself.
 */
final class Spool implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final Instant opened;
    private final long number;
    private long bytes;

    private Spool(Path file) throws IOException {
        String[] name = file.getFileName().toString().split("[-.]");
        this.file = file;
        this.number = Long.parseLong(name[0]);
        this.opened = Instant.ofEpochMilli(Long.parseLong(name[1]));
        this.channel = FileChannel.open(file, CREATE, APPEND);
    }

    static Spool create(Path folder, long number, Instant now) throws IOException {
        return new Spool(folder.resolve("%012d-%d.spool".formatted(number, now.toEpochMilli())));
    }

    /** @return what an earlier process left, in the order of arrival */
    static List<Path> left(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".spool")).sorted().toList();
        }
    }

    static Spool reopen(Path file) throws IOException {
        return new Spool(file);
    }

    /** @return its number when a file's name is a spool's */
    static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(0, 12));
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

    /** Copies the records without their frames; one that a kill cut off was never accepted and is left out. */
    long copyTo(OutputStream out) throws IOException {
        long copied = 0;
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(raw, 1 << 16))) {
            while (true) {
                int length = in.readInt();
                byte[] record = in.readNBytes(length);
                if (record.length < length) {
                    return copied;
                }
                out.write(record);
                copied += length;
            }
        } catch (EOFException e) {
            return copied;
        }
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
