package io.thermolake.local.firehose;

import io.thermolake.local.aws.BrokenFile;
import io.thermolake.local.aws.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One stream's records on their way to S3. */
final class StreamBuffer {
    private static final DateTimeFormatter IN_KEY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DeliveryStream stream;
    private final Path folder;
    private final Function<String, Path> s3;
    private final Usage usage;
    private final Clock clock;
    private final Object delivering = new Object();
    private final Deque<Spool> full = new ArrayDeque<>();
    private @Nullable Spool open;
    private long next;

    /** What an earlier process accepted and did not deliver is full at once. */
    StreamBuffer(DeliveryStream stream, Path folder, Function<String, Path> s3, Usage usage, Clock clock)
            throws IOException {
        this.stream = stream;
        this.folder = Files.createDirectories(folder);
        this.s3 = s3;
        this.usage = usage;
        this.clock = clock;
        this.next = counted(folder.resolve("next"));
        for (Path file : Spool.left(folder)) {
            Spool left = Spool.reopen(file);
            full.add(left);
            next = Math.max(next, left.number() + 1);
        }
    }

    private long counted(Path counter) throws IOException {
        if (!Files.exists(counter)) {
            return 0;
        }
        try {
            return Long.parseLong(Files.readString(counter).trim());
        } catch (CharacterCodingException | NumberFormatException e) {
            BrokenFile.moveAside(counter, "The count of the objects of " + stream.name(), e);
            // Larger than any count: an object's key ends in its number, and none may be given twice.
            return clock.instant().getEpochSecond();
        }
    }

    DeliveryStream stream() {
        return stream;
    }

    /** Returns when the records are in the spool's file. */
    synchronized void put(List<byte[]> records) throws IOException {
        Spool into = open;
        if (into == null) {
            into = Spool.create(folder, next, clock.instant());
            open = into;
            next++;
            Path counter = folder.resolve("next.tmp");
            Files.writeString(counter, Long.toString(next));
            Files.move(counter, folder.resolve("next"), StandardCopyOption.ATOMIC_MOVE);
        }
        into.append(records);
        if (into.bytes() >= stream.sizeBytes()) {
            close();
        }
    }

    private synchronized void close() {
        if (open != null) {
            full.add(open);
            open = null;
        }
    }

    private synchronized @Nullable Spool firstFull() {
        return full.peek();
    }

    private synchronized void delivered() {
        full.remove();
    }

    /** Delivers what is due by size or age. */
    void tick() throws IOException {
        synchronized (this) {
            if (open != null && !clock.instant().isBefore(open.opened().plus(stream.interval()))) {
                close();
            }
        }
        deliver();
    }

    /** Delivers everything that was accepted before the call. */
    void flush() throws IOException {
        close();
        deliver();
    }

    private void deliver() throws IOException {
        synchronized (delivering) {
            for (Spool spool = firstFull(); spool != null; spool = firstFull()) {
                deliver(spool);
                delivered();
            }
        }
    }

    private void deliver(Spool spool) throws IOException {
        Path whole = folder.resolve("object.tmp");
        Spool.Copied copied;
        try (OutputStream file = Files.newOutputStream(whole);
                OutputStream out = stream.gzip() ? new GZIPOutputStream(file, 1 << 16) : file) {
            copied = spool.copyTo(out);
        }
        if (copied.bytes() > 0) {
            Path object = s3.apply("s3://" + stream.bucket() + "/" + key(spool));
            Files.createDirectories(object.getParent());
            Files.move(whole, object, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            usage.add("S3", "PUT request", 1);
        }
        if (!copied.whole()) {
            spool.close();
            BrokenFile.moveAside(
                    spool.file(),
                    "What " + stream.name() + " had accepted after its first " + copied.bytes() + " bytes",
                    new IOException("a record has no possible length"));
        }
        spool.delete();
    }

    /** As AWS builds it, except that the UUID counts: keys sort in the order of arrival, within a second too. */
    private String key(Spool spool) {
        Instant at = spool.opened();
        return stream.prefix().at(at)
                + stream.name()
                + "-1-"
                + IN_KEY.format(at)
                + "-00000000-0000-4000-8000-%012x".formatted(spool.number())
                + (stream.gzip() ? ".gz" : "");
    }

    /** Closes the files; what is in them is delivered by the next process. */
    synchronized void leave() throws IOException {
        close();
        for (Spool spool : full) {
            spool.close();
        }
    }
}
