package io.thermolake.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** Files that are whole or not there, and folders that go as a whole. */
public final class WholeFiles {
    private WholeFiles() {}

    /** Writes a file new and renames it: readers see the old or the new one, never a half. */
    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            writeNew(Files.createTempFile(file.getParent(), ".", ".new"), file, text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file + " failed: " + e.getMessage(), e);
        }
    }

    /**
     * Fills a fresh file and gives it its name. What a full disk cut off is deleted: it would keep the disk full.
     *
     * @param fresh on the same disk
     */
    private static void writeNew(Path fresh, Path file, byte[] bytes) throws IOException {
        try {
            Files.write(fresh, bytes);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /** Deletes a folder with all that is in it; links in it are deleted, not followed. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Lets nobody else of this machine in, where the file system knows rights. */
    public static void onlyOwner(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }
}
