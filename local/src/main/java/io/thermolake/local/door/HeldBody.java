package io.thermolake.local.door;

import io.thermolake.lake.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A body that has been read: in memory while it is small, then in a file of a folder that nobody else looks at. */
final class HeldBody implements AutoCloseable {
    static final int IN_MEMORY_BYTES = 256 << 10;

    private final Path folder;
    private final Sha256 digest = new Sha256();
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel channel;
    private long size;

    /** @param folder there already */
    HeldBody(Path folder) {
        this.folder = folder;
    }

    void add(ByteBuffer bytes) throws IOException {
        digest.add(bytes.duplicate());
        size += bytes.remaining();
        if (channel == null && size > IN_MEMORY_BYTES) {
            // Its name goes away at once where the system can do that, so that a process that is killed leaves none.
            channel = FileChannel.open(
                    Files.createTempFile(folder, "body", ".tmp"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            write(channel, ByteBuffer.wrap(memory.toByteArray()));
            memory.reset();
        }
        if (channel != null) {
            write(channel, bytes);
        } else {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            memory.write(copy);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    long size() {
        return size;
    }

    /** Once, when all is there. */
    String sha256() {
        return digest.hex();
    }

    boolean inFile() {
        return channel != null;
    }

    /** To be read once. */
    Content.Source source() throws IOException {
        if (channel == null) {
            return Content.Source.from(ByteBuffer.wrap(memory.toByteArray()));
        }
        // It reads on where the channel is.
        channel.position(0);
        return Content.Source.from(null, channel, 0, size);
    }

    @Override
    public void close() {
        memory.reset();
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A body's file in " + folder + " cannot be closed", e);
        }
    }
}
