package io.thermolake.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.RecordJson;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the checks find in a small lake that is right, and in the same lake with one thing wrong. */
class LakeChecksTest {
    private static final String ROWS = "2026-03-01 00:00:00,20.5\n2026-03-01 00:01:00,21.0\n";

    @TempDir
    Path folder;

    private void write(String key, String text) throws IOException {
        Path file = folder.resolve(key);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private LakeFiles lake(String run, String parquetRows, String csvRows, long named, Counts counts)
            throws IOException, SQLException {
        Manifest.Partition partition = new Manifest.Partition("2026-03-01", run, 1, Map.of("lab", named));
        Files.createDirectories(folder.resolve(partition.location()));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT CAST(t AS TIMESTAMP) AS \"timestamp\", 'lab' AS room_id, CAST(c AS DOUBLE) AS temperature FROM (VALUES "
                            + parquetRows + ") v(t, c)) TO '" + folder.resolve(partition.location())
                            + "/part.parquet' (FORMAT parquet)");
        }
        write(partition.location("lab") + "part.csv", "timestamp,temperature\n" + csvRows);
        Manifest manifest = new Manifest(
                1,
                run,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(partition),
                List.of(),
                counts,
                null,
                null,
                null,
                Map.of(),
                null);
        write(LakeLayout.manifest(1), RecordJson.gson().toJson(manifest));
        return new LakeFiles(folder);
    }

    private static final String PARQUET = "('2026-03-01 00:00:00', 20.5), ('2026-03-01 00:01:00', 21)";
    private static final Counts GOOD = new Counts(2, 2, Map.of(), 0, 0, 0);

    @Test
    void aLakeThatIsRightHasNoProblem() throws Exception {
        assertThat(Verification.of(lake("r", PARQUET, ROWS, 2, GOOD))).isEqualTo(new Verification(1, 2, List.of()));
    }

    @Test
    void anEmptyFolderIsAnEmptyLake() {
        assertThat(Verification.of(new LakeFiles(folder))).isEqualTo(new Verification(0, 0, List.of()));
        assertThat(LakeFiles.in(folder)).isEmpty();
    }

    @Test
    void aCsvThatDiffersIsFound() throws Exception {
        assertThat(Verification.of(lake("r", PARQUET, ROWS.replace("21.0", "21.1"), 2, GOOD))
                        .problems())
                .containsExactly(
                        "The Parquet (2) and the CSV (2) of room lab on 2026-03-01 do not hold the same readings");
    }

    @Test
    void aMissingReadingADoubleOneAndCountsThatDoNotAddUpAreFound() throws Exception {
        String twice = "('2026-03-01 00:00:00', 20.5), ('2026-03-01 00:00:00', 20.5)";
        String rows = "2026-03-01 00:00:00,20.5\n2026-03-01 00:00:00,20.5\n";
        assertThat(Verification.of(lake("r", twice, rows, 3, new Counts(3, 2, Map.of(), 0, 0, 0)))
                        .problems())
                .hasSize(3)
                .anyMatch(p -> p.contains("do not add up"))
                .anyMatch(p -> p.contains("names 3 readings"))
                .anyMatch(p -> p.contains("stands twice"));
    }

    @Test
    void theDigestIsOfTheContentNotOfTheRunThatWroteIt() throws Exception {
        List<Digest.Entry> first = Digest.of(lake("r1", PARQUET, ROWS, 2, GOOD));
        List<Digest.Entry> second = Digest.of(lake("r2", PARQUET, ROWS, 2, GOOD));
        assertThat(first).hasSize(2).isEqualTo(second);
        List<Digest.Entry> edited =
                Digest.of(lake("r3", PARQUET.replace("20.5", "20.6"), ROWS.replace("20.5", "20.6"), 2, GOOD));
        assertThat(Digest.total(edited)).isNotEqualTo(Digest.total(first));
    }
}
