package io.thermolake.local.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.lake.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds the lake against its newest manifest: every committed partition has its files, the Parquet and the rooms' CSV
 * hold the same readings, each reading stands once, and the counts of the last run add up.
 *
 * @param manifest the newest manifest's number, 0 when nothing is committed
 * @param readings readings of the lake
 * @param problems what is wrong, a sentence each; empty when all is well
 */
public record Verification(long manifest, long readings, List<String> problems) {

    /** Reads everything that the newest manifest names. */
    public static Verification of(LakeFiles lake) {
        Manifest manifest = lake.manifest().orElse(null);
        if (manifest == null) {
            return new Verification(0, 0, List.of());
        }
        List<String> problems = new ArrayList<>();
        if (!manifest.counts().reconciles()) {
            problems.add("The counts of run " + manifest.runId() + " do not add up: " + manifest.counts());
        }
        long readings = 0;
        try (ParquetRows parquet = new ParquetRows()) {
            for (Manifest.Partition partition : manifest.partitions()) {
                Map<String, List<String>> rows = parquet.byRoom(lake.bucket().resolve(partition.location()));
                for (Map.Entry<String, Long> room : partition.rooms().entrySet()) {
                    List<String> lakeRows = rows.getOrDefault(room.getKey(), List.of());
                    readings += lakeRows.size();
                    compare(partition, room, lakeRows, csv(lake, partition.location(room.getKey())), problems);
                }
            }
        }
        return new Verification(manifest.number(), readings, List.copyOf(problems));
    }

    private static void compare(
            Manifest.Partition partition,
            Map.Entry<String, Long> room,
            List<String> parquet,
            List<String> csv,
            List<String> problems) {
        String where = "room " + room.getKey() + " on " + partition.date();
        if (parquet.size() != room.getValue()) {
            problems.add("The manifest names %d readings of %s, the Parquet holds %d"
                    .formatted(room.getValue(), where, parquet.size()));
        }
        if (!parquet.equals(csv)) {
            problems.add("The Parquet (%d) and the CSV (%d) of %s do not hold the same readings"
                    .formatted(parquet.size(), csv.size(), where));
        }
        for (int i = 1; i < parquet.size(); i++) {
            if (time(parquet.get(i)).equals(time(parquet.get(i - 1)))) {
                problems.add("The time %s of %s stands twice".formatted(time(parquet.get(i)), where));
            }
        }
    }

    private static String time(String row) {
        return row.substring(0, row.indexOf(','));
    }

    private static List<String> csv(LakeFiles lake, String folder) {
        List<String> rows = new ArrayList<>();
        for (Path file : lake.files(folder, ".csv")) {
            try (var lines = Files.lines(file, UTF_8)) {
                lines.skip(1).forEach(rows::add);
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + file + " failed", e);
            }
        }
        return rows;
    }
}
