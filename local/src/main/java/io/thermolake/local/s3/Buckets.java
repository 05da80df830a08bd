package io.thermolake.local.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        inside(bucket, file, uri);
        return file;
    }

    /** A bucket may itself be a link to another disk; nothing in it may lead out of it. */
    private static void inside(Path bucket, Path file, String uri) {
        try {
            Path there = file;
            while (!there.equals(bucket) && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
                there = Objects.requireNonNull(there.getParent(), "a file of the bucket has a parent");
            }
            if (!there.equals(bucket) && !there.toRealPath().startsWith(bucket.toRealPath())) {
                throw new IllegalArgumentException(
                        "'" + uri + "' is a link that leads out of its bucket: " + there + " is " + there.toRealPath());
            }
        } catch (NoSuchFileException e) {
            // It went away meanwhile, or is a link to nothing: there is nothing to read.
        } catch (IOException e) {
            throw new UncheckedIOException("looking at " + uri + " failed: " + e.getMessage(), e);
        }
    }

    /** What writes an object. */
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Writes an object new and renames it: S3 never shows a half one. */
    public void write(String uri, byte[] bytes) {
        write(uri, out -> out.write(bytes));
    }

    /** The same for what is not to lie in memory; whatever the content throws leaves no object. */
    public void write(String uri, Content content) {
        Path file = resolve(uri);
        try {
            Path fresh = Files.createTempFile(root.getParent(), ".put", ".new");
            try {
                try (OutputStream out = Files.newOutputStream(fresh)) {
                    content.write(out);
                }
                InFlight.move(fresh, file);
            } finally {
                // What a full disk cut off would keep the disk full.
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + uri + " failed: " + e.getMessage(), e);
        }
    }

    /**
     * The files under a prefix, sorted. A file or folder whose name starts with '.' or '_' is no data: that is how everything
     * is called that is not whole yet. What goes away while this looks is not listed.
     */
    public List<Path> files(String uri) {
        Path folder = resolve(uri);
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new Data(bucketOf(folder), folder, files));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + uri + " failed", e);
        }
        return files.stream().sorted().toList();
    }

    private Path bucketOf(Path file) {
        return root.resolve(root.relativize(file).getName(0));
    }

    private static final class Data extends SimpleFileVisitor<Path> {
        private final Path bucket;
        private final Path folder;
        private final List<Path> files;

        Data(Path bucket, Path folder, List<Path> files) {
            this.bucket = bucket;
            this.folder = folder;
            this.files = files;
        }

        private static boolean hidden(Path path) {
            String name = path.getFileName().toString();
            return name.startsWith(".") || name.startsWith("_");
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return !path.equals(folder) && hidden(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            // The folder itself can be a file.
            if (!path.equals(folder) && Files.isRegularFile(path) && !hidden(path)) {
                if (attributes.isSymbolicLink()) {
                    inside(bucket, path, path.toString());
                }
                files.add(path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            return gone(e);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) throws IOException {
            return e == null ? FileVisitResult.CONTINUE : gone(e);
        }

        private static FileVisitResult gone(IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
