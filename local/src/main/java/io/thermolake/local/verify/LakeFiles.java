package io.thermolake.local.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.RecordJson;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The lake of one bucket, read from its plain files: whatever was published, without a running cloud.
 *
 * @param bucket the folder of the bucket's files
 */
public record LakeFiles(Path bucket) {

    /** The lake of a data folder, if it holds one. */
    public static Optional<LakeFiles> in(Path data) {
        Path s3 = data.resolve("s3");
        if (!Files.isDirectory(s3)) {
            return Optional.empty();
        }
        try (Stream<Path> buckets = Files.list(s3)) {
            return buckets.filter(Files::isDirectory).findFirst().map(LakeFiles::new);
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + s3 + " failed", e);
        }
    }

    /** The newest manifest, or nothing before the first commit. */
    public Optional<Manifest> manifest() {
        List<Path> manifests = files(LakeLayout.MANIFESTS, ".json").stream()
                .filter(file -> LakeLayout.isManifest(LakeLayout.MANIFESTS + file.getFileName()))
                .toList();
        return manifests.isEmpty()
                ? Optional.empty()
                : Optional.of(json(manifests.get(manifests.size() - 1), Manifest.class));
    }

    /** Every room that the manifest names, sorted. */
    public static TreeSet<String> rooms(Manifest manifest) {
        TreeSet<String> rooms = new TreeSet<>();
        manifest.partitions().forEach(p -> rooms.addAll(p.rooms().keySet()));
        return rooms;
    }

    /** The object as a JSON map, or nothing where there is no such key. */
    public Optional<Map<?, ?>> map(String key) {
        Path file = bucket.resolve(key);
        return Files.exists(file) ? Optional.of(json(file, Map.class)) : Optional.empty();
    }

    /** The files under a prefix that end in {@code suffix}, sorted by name; parts still being written have another suffix. */
    public List<Path> files(String prefix, String suffix) {
        return under(bucket.resolve(prefix), suffix);
    }

    /** The same under any folder. What begins with a dot is being written, and no data. */
    static List<Path> under(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(f -> f.toString().endsWith(suffix)
                            && !f.getFileName().toString().startsWith(".")
                            && Files.isRegularFile(f))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + folder + " failed", e);
        }
    }

    /** The data folder that the bucket lies in. */
    Path data() {
        Path s3 = bucket.toAbsolutePath().getParent();
        return s3 == null || s3.getParent() == null ? bucket : s3.getParent();
    }

    /** A file as people find it: relative to the data folder. */
    String name(Path file) {
        return data().relativize(file.toAbsolutePath()).toString();
    }

    private static <T> T json(Path file, Class<T> type) {
        try {
            T value = RecordJson.gson().fromJson(Files.readString(file, UTF_8), type);
            if (value == null) {
                throw new DamagedFileException(file, "it is empty", null);
            }
            return value;
        } catch (DamagedFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DamagedFileException(
                    file, "it is no readable " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
