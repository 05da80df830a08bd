package io.thermolake.local.s3;

import io.thermolake.local.cloud.CloudFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The buckets' files, for the services that stand beside S3. */
public final class Buckets {
    private static final String SCHEME = "s3://";

    private final Path root;

    /** @param root a folder a bucket */
    public Buckets(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    public Path bucket(String name) {
        return root.resolve(name);
    }

    /** Makes the bucket's folder. */
    public void make(String name) {
        try {
            Files.createDirectories(bucket(name));
        } catch (IOException e) {
            throw new UncheckedIOException("making the bucket " + name + " failed", e);
        }
    }

    /**
     * @param uri {@code s3://bucket/key}
     * @throws IllegalArgumentException when the URI is another, or leaves its bucket
     */
    public Path resolve(String uri) {
        if (!uri.startsWith(SCHEME)) {
            throw new IllegalArgumentException("'" + uri + "' is no s3:// URI");
        }
        String path = uri.substring(SCHEME.length());
        int slash = path.indexOf('/');
        Path bucket = root.resolve(slash < 0 ? path : path.substring(0, slash)).normalize();
        Path file =
                slash < 0 ? bucket : bucket.resolve(path.substring(slash + 1)).normalize();
        if (!root.equals(bucket.getParent()) || !file.startsWith(bucket)) {
            throw new IllegalArgumentException("'" + uri + "' leaves its bucket");
        }
        return file;
    }

    /** Writes an object new and renames it: S3 never shows a half one. */
    public void write(String uri, byte[] bytes) {
        Path file = resolve(uri);
        try {
            Files.createDirectories(file.getParent());
            CloudFolder.writeNew(Files.createTempFile(root.getParent(), ".put", ".new"), file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + uri + " failed: " + e.getMessage(), e);
        }
    }

    /** The files under a prefix, sorted; what starts with '.' or '_' is no data. */
    public List<Path> files(String uri) {
        Path folder = resolve(uri);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(f -> !f.getFileName().toString().startsWith(".")
                            && !f.getFileName().toString().startsWith("_"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + uri + " failed", e);
        }
    }
}
