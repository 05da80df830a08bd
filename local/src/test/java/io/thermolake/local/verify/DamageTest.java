package io.thermolake.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One damaged file at a time, of every kind that a run publishes: it is named each time, and the check goes on. */
class DamageTest {
    enum Damage {
        TRUNCATED,
        FLIPPED,
        DELETED,
        EMPTIED,
        APPENDED,
        SWAPPED
    }

    @TempDir
    Path data;

    private LakeFiles lake;

    @BeforeEach
    void aGoodLake() throws Exception {
        lake = new SmallLake(data, true).files();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLakeIsGood(boolean checksums) throws Exception {
        lake = new SmallLake(data, checksums).files();
        assertThat(Verification.of(lake).found()).isEmpty();
        assertThat(Digest.of(lake)).hasSize(4 + 4 + 4 + 2);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(data)) {
            // A room without alarms has an empty file; an older manifest's mark is read by nobody any more.
            return walk.filter(f -> Files.isRegularFile(f)
                            && f.toFile().length() > 0
                            && !f.endsWith("runs/catalog/000000001.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theDamagedFileIsNamed(Damage damage) throws Exception {
        List<Path> files = files();
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            Random random = new Random(31L * i + damage.ordinal());
            byte[] before = Files.readAllBytes(file);
            Path other = another(files, file, random);
            byte[] others = Files.readAllBytes(other);
            if (damage == Damage.SWAPPED && (other.equals(file) || Arrays.equals(before, others))) {
                continue;
            }
            switch (damage) {
                case TRUNCATED -> Files.write(file, Arrays.copyOf(before, random.nextInt(before.length)));
                case FLIPPED -> Files.write(file, flipped(before, random));
                case DELETED -> Files.delete(file);
                case EMPTIED -> Files.write(file, new byte[0]);
                case APPENDED ->
                    Files.write(
                            file,
                            (new String(before, java.nio.charset.StandardCharsets.ISO_8859_1) + "x\n")
                                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
                case SWAPPED -> {
                    Files.write(file, others);
                    Files.write(other, before);
                }
            }
            List<Problem> found = Verification.of(lake).found();
            if (!mayMeanNothing(damage, file)) {
                assertThat(found)
                        .as("%s %s, seed %d", damage, file, 31L * i + damage.ordinal())
                        .anyMatch(problem -> names(problem, file));
            }
            restore(file, before);
            Files.write(other, file.equals(other) ? before : others);
        }
        assertThat(Verification.of(lake).found()).isEmpty();
    }

    /** Deleting a file deletes its attributes: they are given again with its bytes. */
    private static void restore(Path file, byte[] bytes) throws Exception {
        boolean deleted = !Files.exists(file);
        Files.write(file, bytes);
        if (deleted && !file.toString().matches(".*/(rooms|lake/temperatures|quarantine|partitions)/.*")) {
            var view = Files.getFileAttributeView(file, java.nio.file.attribute.UserDefinedFileAttributeView.class);
            view.write(
                    ChecksumCheck.ATTRIBUTE,
                    java.nio.ByteBuffer.wrap(
                            java.security.MessageDigest.getInstance("MD5").digest(bytes)));
        }
    }

    private static Path another(List<Path> files, Path file, Random random) {
        List<Path> alike = new ArrayList<>(files);
        alike.removeIf(f -> !f.getFileName().equals(file.getFileName()) || f.equals(file));
        return alike.isEmpty() ? file : alike.get(random.nextInt(alike.size()));
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] other = bytes.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    /**
     * Spark's files and the state have no checksum. A flip in a Parquet file may hit what no reader looks at (its statistics,
     * who wrote it), one in the quarantine the text of the bad record, which nothing else holds, and one in the catalog
     * something other than a partition's place. A last half line of the quarantine may be its line feed alone. Which
     * partition a file of the state is, its content says, not its name.
     */
    private static boolean mayMeanNothing(Damage damage, Path file) {
        String name = file.toString();
        boolean state = name.contains("/partitions/");
        return damage == Damage.FLIPPED && (name.endsWith(".parquet") || name.contains("/quarantine/") || state)
                || damage == Damage.SWAPPED && state;
    }

    private boolean names(Problem problem, Path file) {
        String name = lake.name(file);
        // A part whose name nobody knows any more is told by its folder.
        return problem.files().stream().anyMatch(f -> name.equals(f) || name.startsWith(f.endsWith("/") ? f : f + "/"));
    }

    /** Whatever a flip in a Parquet file does: it is named, or the readings are the same. */
    @Test
    void aFlipInParquetIsNamedOrChangesNoReading() throws Exception {
        String digest = Digest.total(Digest.of(lake));
        Path file = files().stream()
                .filter(f -> f.toString().endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        byte[] before = Files.readAllBytes(file);
        for (int seed = 0; seed < 25; seed++) {
            Files.write(file, flipped(before, new Random(seed)));
            List<Problem> found = Verification.of(lake).found();
            if (found.isEmpty()) {
                assertThat(Digest.total(Digest.of(lake))).as("seed %d", seed).isEqualTo(digest);
            } else {
                assertThat(found).as("seed %d", seed).anyMatch(p -> names(p, file));
            }
        }
    }

    /** Without checksums what is seen is what contradicts something else. */
    @ParameterizedTest
    @EnumSource(
            value = Damage.class,
            names = {"TRUNCATED", "DELETED", "EMPTIED"})
    void whereTheDiskKeepsNoChecksumsALossIsNamedAllTheSame(Damage damage) throws Exception {
        for (Path file : files()) {
            var view = Files.getFileAttributeView(file, java.nio.file.attribute.UserDefinedFileAttributeView.class);
            if (view.list().contains(ChecksumCheck.ATTRIBUTE)) {
                view.delete(ChecksumCheck.ATTRIBUTE);
            }
        }
        for (Path file : files()) {
            byte[] before = Files.readAllBytes(file);
            switch (damage) {
                case TRUNCATED -> Files.write(file, Arrays.copyOf(before, before.length / 2));
                case EMPTIED -> Files.write(file, new byte[0]);
                default -> Files.delete(file);
            }
            assertThat(Verification.of(lake).found())
                    .as("%s %s", damage, file)
                    .anyMatch(problem -> names(problem, file));
            Files.write(file, before);
        }
    }

    @Test
    void eachProblemSaysWhatWouldMendIt() throws Exception {
        TreeMap<String, String> mends = new TreeMap<>();
        for (String name : List.of("lab.json", "current.json", "part-0.parquet", "report.html", "000000002.json")) {
            Path file = files().stream()
                    .filter(f -> f.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
            byte[] before = Files.readAllBytes(file);
            Files.write(file, new byte[] {'{'});
            Verification.of(lake).found().stream().filter(p -> names(p, file)).forEach(p -> mends.put(name, p.mend()));
            Files.write(file, before);
        }
        assertThat(mends.get("lab.json")).contains("runs/scores/lab.json", "run again");
        assertThat(mends.get("current.json")).contains("models/attic", "--force");
        assertThat(mends.get("part-0.parquet")).contains("raw/");
        assertThat(mends.get("report.html")).contains("--start-from Report");
        assertThat(mends.get("000000002.json")).contains("copy");
    }
}
