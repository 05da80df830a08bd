package io.thermolake.local.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Where objects lie while they are written: a hidden folder of their bucket, so that they reach their key in one step and no
 * reader of any other folder ever sees a half one.
 */
final class InFlight {
    static final String FOLDER = ".in-flight/";

    private static final int TRIES = 5;

    private final Path root;

    InFlight(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** What a dead process left: nobody asked for it, and nobody can finish it. */
    void clear() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> buckets = Files.list(root)) {
            for (Path bucket : buckets.toList()) {
                Path folder = bucket.resolve(FOLDER);
                if (Files.isDirectory(folder)) {
                    List<Path> left;
                    try (Stream<Path> walk = Files.walk(folder)) {
                        left = walk.sorted(Comparator.reverseOrder()).toList();
                    }
                    for (Path path : left) {
                        Files.deleteIfExists(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("removing what was half written in " + root + " failed", e);
        }
    }

    /** Whether the key is a plain one: a folder's mark or a key that leaves its bucket is the store's own business. */
    boolean takes(String bucket, String key) {
        Path folder = root.resolve(bucket).normalize();
        return !key.endsWith("/")
                && root.equals(folder.getParent())
                && folder.resolve(key).normalize().startsWith(folder)
                && !folder.resolve(key).normalize().equals(folder);
    }

    /** The key that a client spoke of. */
    static String wanted(String key) {
        return key.startsWith(FOLDER) ? key.substring(FOLDER.length()) : key;
    }

    /**
     * Gives a whole object its key.
     *
     * @param ifNoneMatch {@code *} for a key that must be new, an ETag that the object must not have, or null
     * @param current the object that has the key, or null
     * @throws software.amazon.awssdk.services.s3.model.S3Exception 412 when the condition does not hold
     */
    void publish(
            String bucket,
            String fresh,
            String key,
            @Nullable String ifNoneMatch,
            Supplier<? extends @Nullable HeadObjectResponse> current) {
        Path from = root.resolve(bucket).resolve(fresh);
        Path to = root.resolve(bucket).resolve(key).normalize();
        try {
            if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
                HeadObjectResponse there = current.get();
                if (there != null && Objects.equals(bare(there.eTag()), bare(ifNoneMatch))) {
                    throw S3Exceptions.fromStatusCode(412);
                }
            }
            if ("*".equals(ifNoneMatch)) {
                claim(from, to);
            } else {
                move(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing s3://" + bucket + "/" + key + " failed", e);
        } finally {
            from.toFile().delete();
        }
    }

    private static @Nullable String bare(@Nullable String etag) {
        return etag == null ? null : etag.replace("\"", "");
    }

    /** A link, not a rename: only it fails when the key is taken meanwhile. */
    private static void claim(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            throw S3Exceptions.fromStatusCode(412);
        }
    }

    /**
     * Renames a file over another. A delete through S3 removes the folders that it empties, so the folder is made again when
     * it has just gone.
     */
    static void move(Path from, Path to) throws IOException {
        for (int i = 1; ; i++) {
            try {
                Files.createDirectories(to.getParent());
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (NoSuchFileException e) {
                if (i == TRIES || !Files.exists(from)) {
                    throw e;
                }
            }
        }
    }
}
