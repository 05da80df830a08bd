package io.thermolake.local.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The published content by (kind, room, date), each as a SHA-256. Run ids, times of writing, the names of files and the
 * report are outside, so two lakes that were filled from the same readings agree, whatever was retried or killed on the
 * way.
 */
public final class Digest {
    /**
     * @param kind lake, rooms, scores or model
     * @param date the UTC date, empty for a model
     * @param readings rows digested
     */
    public record Entry(String kind, String room, String date, long readings, String sha256) {}

    /** What of a model's card is its content: not its forest's key, which holds the job's name. */
    private static final List<String> MODEL_FIELDS = List.of("recipe", "model", "thresholdMethod", "scores");

    private Digest() {}

    /** Every entry of the newest manifest's lake, sorted by kind, room and date. */
    public static List<Entry> of(LakeFiles lake) {
        Manifest manifest = lake.manifest().orElse(null);
        if (manifest == null) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try (ParquetRows parquet = new ParquetRows()) {
            for (Manifest.Partition partition : manifest.partitions()) {
                parquet.byRoom(lake.bucket().resolve(partition.location()))
                        .forEach((room, rows) -> entries.add(entry("lake", room, partition.date(), rows)));
            }
        }
        for (Manifest.Partition partition : manifest.partitions()) {
            for (String room : partition.rooms().keySet()) {
                entries.add(entry("rooms", room, partition.date(), lines(lake, partition.location(room))));
            }
        }
        for (String room : LakeFiles.rooms(manifest)) {
            scores(lake, room).forEach((date, folder) -> entries.add(entry("scores", room, date, lines(lake, folder))));
            model(lake, room, entries);
        }
        entries.sort((a, b) ->
                (a.kind() + '/' + a.room() + '/' + a.date()).compareTo(b.kind() + '/' + b.room() + '/' + b.date()));
        return entries;
    }

    /** One SHA-256 over all entries. */
    public static String total(List<Entry> entries) {
        return sha256(entries.stream().map(Entry::toString).toList());
    }

    private static Entry entry(String kind, String room, String date, List<String> rows) {
        return new Entry(kind, room, date, rows.size(), sha256(rows));
    }

    /** Date to the folder of its scores, from the room's index. */
    private static Map<String, String> scores(LakeFiles lake, String room) {
        Map<String, String> folders = new TreeMap<>();
        lake.map(LakeLayout.scoreIndex(room))
                .map(index -> index.get("dates"))
                .ifPresent(dates -> ((Map<?, ?>) dates)
                        .forEach((date, scored) -> folders.put(
                                date.toString(),
                                LakeLayout.scores(
                                        room,
                                        java.time.LocalDate.parse(date.toString()),
                                        String.valueOf(((Map<?, ?>) scored).get("run"))))));
        return folders;
    }

    private static void model(LakeFiles lake, String room, List<Entry> entries) {
        lake.map(LakeLayout.currentModel(room))
                .map(current -> String.valueOf(current.get("version")))
                .flatMap(version -> lake.map(LakeLayout.modelCard(room, version)))
                .ifPresent(card -> {
                    List<String> content = new ArrayList<>();
                    MODEL_FIELDS.forEach(f -> content.add(f + "=" + sorted(card.get(f))));
                    entries.add(entry("model", room, "", content));
                });
    }

    /** A JSON object says the same in any order. */
    private static Object sorted(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return String.valueOf(value);
        }
        Map<Object, Object> sorted = new TreeMap<>();
        // Which commit the readings were taken from is a matter of runs.
        map.forEach((key, each) -> sorted.put(key, key.equals("manifest") ? "" : sorted(each)));
        return sorted;
    }

    /** The lines of a folder's CSV files, without their headers. */
    private static List<String> lines(LakeFiles lake, String folder) {
        List<String> lines = new ArrayList<>();
        for (Path file : lake.files(folder, ".csv")) {
            try {
                List<String> all = Files.readAllLines(file, UTF_8);
                lines.addAll(all.subList(Math.min(1, all.size()), all.size()));
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + file + " failed", e);
            }
        }
        return lines;
    }

    private static String sha256(List<String> rows) {
        Sha256 digest = new Sha256();
        rows.forEach(row -> digest.add(row).add("\n"));
        return digest.hex();
    }
}
