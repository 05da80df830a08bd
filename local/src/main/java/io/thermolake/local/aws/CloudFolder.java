package io.thermolake.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonParseException;
import io.thermolake.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data folder of one laptop cloud: one cloud at a time, by a lock of the operating system. */
public final class CloudFolder implements AutoCloseable {
    /**
     * Where a running cloud is.
     *
     * @param endpoint for every AWS client
     * @param mqttPort of the broker, 0 before its first use
     */
    public record Running(long pid, String endpoint, int mqttPort) {}

    private final Path root;
    private @Nullable FileChannel channel;
    private @Nullable FileLock lock;

    public CloudFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
        try {
            make(this.root);
            for (Path inside : List.of(s3(), root.resolve("state"), logs())) {
                Files.createDirectories(inside);
                WholeFiles.onlyOwner(inside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + this.root + " cannot be made", e);
        }
    }

    public Path root() {
        return root;
    }

    /** A folder a bucket. */
    public Path s3() {
        return root.resolve("s3");
    }

    /** A service's own state. */
    public Path state(String service) {
        return root.resolve("state").resolve(service);
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Takes the folder. @return false when another process has it */
    public boolean lock() {
        Path file = root.resolve("lock");
        try {
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
            Object before = key(file);
            FileChannel opened = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock taken;
            try {
                taken = opened.tryLock();
            } catch (OverlappingFileLockException e) {
                taken = null;
            }
            // Whoever deleted the folder meanwhile deleted what is locked here: another one may lock the next.
            if (taken == null || !Objects.equals(before, key(file))) {
                opened.close();
                return false;
            }
            channel = opened;
            lock = taken;
            // What a killed cloud announced is believed by nobody from here on.
            Files.deleteIfExists(root.resolve("cloud.json"));
            deleteHalves(root, ".*.new");
            deleteHalves(state("iot"), "action*.tmp");
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + root + " cannot be locked", e);
        }
    }

    /** What a killed cloud was writing under a name of no meaning. */
    private static void deleteHalves(Path folder, String names) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> halves = Files.newDirectoryStream(folder, names)) {
                for (Path half : halves) {
                    Files.deleteIfExists(half);
                }
            }
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Tells other processes where the cloud is. */
    public void announce(Running running) {
        WholeFiles.write(root.resolve("cloud.json"), RecordJson.gson().toJson(running));
    }

    /** Where the running cloud says it is; it may be gone. */
    public Optional<Running> announced() {
        Path file = root.resolve("cloud.json");
        try {
            return Files.exists(file)
                    ? Optional.ofNullable(RecordJson.gson().fromJson(Files.readString(file, UTF_8), Running.class))
                            .filter(running -> running.endpoint() != null)
                    : Optional.empty();
        } catch (IOException | JsonParseException e) {
            // A file that says nothing announces nothing: the lock is what counts.
            return Optional.empty();
        }
    }

    /**
     * Makes a data folder that no other user of this machine can enter; one that is there already is shut when it was a data
     * folder before or is empty. A folder of other things stays as open as it was, and its parents always do.
     */
    public static void make(Path root) throws IOException {
        boolean ours = Files.notExists(root) || Files.exists(root.resolve("lock"));
        Files.createDirectories(root);
        try (Stream<Path> inside = Files.list(root)) {
            if (ours || inside.findAny().isEmpty()) {
                WholeFiles.onlyOwner(root);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (lock != null) {
                Files.deleteIfExists(root.resolve("cloud.json"));
                lock.release();
            }
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + root + " cannot be released", e);
        }
    }
}
