package io.thermolake.local.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Commands that use a cloud which another command started. Each has a share in a lock of the operating system, which a
 * killed one loses; the cloud's owner takes the whole lock before it ends the cloud under them.
 */
public final class Guests {
    private static final int POLL_MILLIS = 200;

    private Guests() {}

    /**
     * To be asked before the announcement is read.
     *
     * @return the share, to be closed when the cloud is used no more; empty when the cloud is ending
     */
    public static Optional<AutoCloseable> enter(Path data) {
        return lock(data, true);
    }

    /**
     * Waits until there are no guests.
     *
     * @param told is run once when there is one
     * @return what keeps new ones out until it is closed; empty when the waiting was interrupted
     */
    static Optional<AutoCloseable> await(Path data, Runnable told) {
        Optional<AutoCloseable> whole = lock(data, false);
        if (whole.isEmpty()) {
            told.run();
        }
        try {
            while (whole.isEmpty()) {
                Thread.sleep(POLL_MILLIS);
                whole = lock(data, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return whole;
    }

    private static Optional<AutoCloseable> lock(Path data, boolean shared) {
        try {
            FileChannel channel = FileChannel.open(
                    data.resolve("guests"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            @Nullable FileLock lock = null;
            try {
                lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            } catch (OverlappingFileLockException e) {
                // A guest within the owner's own process.
            }
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + data + " cannot be locked", e);
        }
    }
}
