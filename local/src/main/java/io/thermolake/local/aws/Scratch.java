package io.thermolake.local.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * This process's folder in the data folder, for what need not outlive it: native libraries that are copied before they are
 * loaded (DuckDB's is 70 MB), Spark's blocks, temporary files. A killed process cannot delete its own, so each one that
 * starts deletes those of the dead; a lock of the operating system says who lives.
 */
public final class Scratch implements AutoCloseable {
    private static final String LOCK = ".lock";
    private static final String NAME =
            ProcessHandle.current().pid() + "-" + Integer.toHexString(new Random().nextInt());
    /** A process that opens and closes a file of its own loses its lock on it. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    /** Null when another part of this process has it. */
    private final @Nullable FileChannel lock;

    private final boolean noexec;

    private Scratch(Path folder, @Nullable FileChannel lock, boolean noexec) {
        this.folder = folder;
        this.lock = lock;
        this.noexec = noexec;
    }

    /**
     * Where this process's scratch folder in a data folder is, or will be. The JDK looks at {@code java.io.tmpdir} once, so
     * the command line must set it before there is a data folder.
     */
    public static Path in(Path data) {
        return all(data).resolve(NAME);
    }

    /** The folder of every process's. */
    public static Path all(Path data) {
        return data.toAbsolutePath().normalize().resolve("scratch");
    }

    /**
     * Deletes what the dead left, and makes the folder.
     *
     * @param data an existing folder
     */
    public static synchronized Scratch open(Path data) {
        Path all = all(data);
        Path folder = all.resolve(NAME);
        if (OWN.contains(folder)) {
            return new Scratch(folder, null, Mounts.isNoexec(data));
        }
        try {
            Files.createDirectories(all);
            // One at a time: nobody must delete a folder that is not locked yet.
            try (FileChannel one = channel(all.resolve("lock"));
                    FileLock held = one.lock()) {
                sweep(all);
                leaveOld(data);
                FileChannel lock = channel(lockOf(folder));
                if (!held.isValid() || lock.tryLock() == null) {
                    lock.close();
                    throw new IOException(lockOf(folder) + " is locked by another process");
                }
                OWN.add(folder);
                Files.createDirectories(folder);
                return new Scratch(folder, lock, Mounts.isNoexec(data));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The scratch folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** A folder of a service or a child. */
    public Path part(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("The scratch folder " + folder + " cannot be written to", e);
        }
    }

    /** The same for temporary files; null where no native library could be loaded from it. */
    public @Nullable Path temporary(String name) {
        return noexec ? null : part(name);
    }

    @Override
    public void close() throws IOException {
        if (lock == null) {
            return;
        }
        delete(folder);
        Files.deleteIfExists(lockOf(folder));
        OWN.remove(folder);
        lock.close();
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    private static void sweep(Path all) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, Files::isDirectory)) {
            for (Path folder : folders) {
                if (OWN.contains(folder)) {
                    continue;
                }
                try (FileChannel lock = channel(lockOf(folder));
                        FileLock dead = lock.tryLock()) {
                    if (dead != null) {
                        delete(folder);
                        Files.deleteIfExists(lockOf(folder));
                    }
                }
            }
        }
    }

    /** Where earlier versions had Spark's blocks, and copies of a user's files. */
    private static void leaveOld(Path data) throws IOException {
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(data, "incoming-*.tmp")) {
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        }
        Path spark = data.resolve("spark");
        if (Files.isDirectory(spark)) {
            try (DirectoryStream<Path> old = Files.newDirectoryStream(spark, "{blockmgr,spark}-*")) {
                for (Path folder : old) {
                    delete(folder);
                }
            }
        }
    }

    /** As far as it can: a child of the dead may be writing its last. What stays is deleted next time. */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                file.toFile().delete();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) {
                visited.toFile().delete();
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
