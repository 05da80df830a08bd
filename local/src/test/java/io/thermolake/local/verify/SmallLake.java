package io.thermolake.local.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.RecordJson;
import io.thermolake.alarm.Alarm;
import io.thermolake.alarm.Anomaly;
import io.thermolake.detect.Feature;
import io.thermolake.detect.Forest;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.SensorRules;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.PastFingerprints;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.ModelCard;
import io.thermolake.model.Recipe;
import io.thermolake.model.ScoreStatistics;
import io.thermolake.model.Trainer;
import io.thermolake.model.promotion.ConfirmedFaults;
import io.thermolake.score.ScoreIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A lake of two rooms and two dates in a data folder, each file as a run publishes it. */
final class SmallLake {
    private static final List<String> ROOMS = List.of("attic", "lab");
    private static final List<String> DATES = List.of("2026-03-01", "2026-03-02");
    private static final Instant NOW = Instant.parse("2026-03-03T00:00:00Z");
    private static final int READINGS = 30;

    private final Path data;
    private final Path bucket;
    private final boolean checksums;

    /** @param checksums whether the disk keeps the attributes that the laptop's S3 writes */
    SmallLake(Path data, boolean checksums) throws Exception {
        this.data = data;
        this.bucket = data.resolve("s3/lake");
        this.checksums = checksums;
        List<Manifest.Partition> partitions = new ArrayList<>();
        for (int i = 0; i < DATES.size(); i++) {
            partitions.add(partition(DATES.get(i), "run-" + (i + 1)));
            manifest(i + 1, partitions);
        }
        for (String room : ROOMS) {
            String version = model(room);
            scores(room, version, partitions);
        }
        put("reports/run-2/report.html", "<!doctype html>\n<html>\n<p>All is well.</p>\n</html>\n");
        put(LakeLayout.reportOf(2), "{\"report\":\"reports/run-2/report.html\"}");
    }

    LakeFiles files() {
        return new LakeFiles(bucket);
    }

    private static double temperature(String room, String date, int minute) {
        boolean fault = room.equals("lab") && date.equals("2026-03-02") && minute >= 10 && minute < 14;
        return (fault ? 35 : 20) + minute * 0.125 + room.length();
    }

    private static String time(String date, int minute) {
        return "%s 00:%02d:00".formatted(date, minute);
    }

    private Manifest.Partition partition(String date, String run) throws Exception {
        Map<String, Long> rooms = new TreeMap<>();
        ROOMS.forEach(room -> rooms.put(room, (long) READINGS));
        Manifest.Partition partition = new Manifest.Partition(date, run, 1, rooms);
        List<String> values = new ArrayList<>();
        for (String room : ROOMS) {
            StringBuilder csv = new StringBuilder("timestamp,temperature\n");
            for (int minute = 0; minute < READINGS; minute++) {
                double value = temperature(room, date, minute);
                csv.append(time(date, minute)).append(',').append(value).append('\n');
                values.add("('%s', '%s', %s)".formatted(time(date, minute), room, value));
            }
            write(bucket.resolve(partition.location(room) + "part-0.csv"), csv.toString(), false);
            catalog("rooms", List.of(room, date), partition.location(room));
        }
        catalog("temperatures", List.of(date), partition.location());
        Path parquet = bucket.resolve(partition.location() + "part-0.parquet");
        Files.createDirectories(parquet.getParent());
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT CAST(t AS TIMESTAMP) AS \"timestamp\", r AS room_id, CAST(c AS DOUBLE) AS temperature FROM (VALUES "
                            + String.join(",", values) + ") v(t, r, c)) TO '" + parquet + "' (FORMAT parquet)");
        }
        return partition;
    }

    private void manifest(int number, List<Manifest.Partition> partitions) throws Exception {
        String run = "run-" + number;
        String reason = number == 1 ? "bad_temperature" : "bad_timestamp";
        StringBuilder quarantined = new StringBuilder();
        for (int i = 0; i < number; i++) {
            quarantined.append("{\"object\":\"raw/a.csv\",\"line\":%d,\"reason\":\"%s\",\"text\":\"x\"}\n"
                    .formatted(i + 1, reason));
        }
        write(bucket.resolve(LakeLayout.quarantine(run, 1) + "part-0.json"), quarantined.toString(), false);
        put(
                LakeLayout.manifest(number),
                new Manifest(
                        number,
                        run,
                        NOW,
                        NOW,
                        partitions,
                        List.of("raw/live/a-" + number + ".gz"),
                        new Counts(60L + number, 60, Map.of(reason, (long) number), 0, 0, 0),
                        null,
                        null,
                        null,
                        Map.of(),
                        null));
        put(LakeLayout.catalogMark(number), "{\"manifest\":" + number + "}");
    }

    private String model(String room) throws Exception {
        String version = "20260301T000000Z-" + (room.equals("lab") ? "11111111" : "22222222");
        RoomModel limits = new RoomModel(new SensorRules(60, 300, 600), Map.of(Feature.values()[0], 2.5));
        Recipe recipe = new Recipe(
                room,
                version,
                NOW,
                new Recipe.Learned(DATES.get(0), DATES.get(0), 1, READINGS, READINGS),
                new Recipe.ForestRecipe(Trainer.EMBEDDED, null, Map.of("num_trees", "50"), 7L, List.of("a")),
                new Recipe.Rules(0.7, null, limits, null, ConfirmedFaults.none(), ""));
        Random random = new Random(room.hashCode());
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            rows.add(new float[] {random.nextFloat()});
        }
        put(
                LakeLayout.forest(room, version),
                RecordJson.gson().toJson(Forest.train(rows, 50, 16, 7).state()));
        put(LakeLayout.modelRecipe(room, version), recipe);
        put(
                LakeLayout.modelCard(room, version),
                new ModelCard(
                        recipe,
                        LakeLayout.forest(room, version),
                        limits.withForest(1.5),
                        "by hand",
                        new ScoreStatistics(0.5, 0.1, 10, 0.5, 0.6, 0.7, 0.8, 0.9)));
        put(LakeLayout.currentModel(room), new CurrentModel(version, LakeLayout.forest(room, version), "run-1"));
        return version;
    }

    private void scores(String room, String version, List<Manifest.Partition> partitions) throws Exception {
        TreeMap<String, ScoreIndex.ScoredDate> dates = new TreeMap<>();
        List<Anomaly> anomalies = new ArrayList<>();
        Map<String, String> past = PastFingerprints.of(room, partitions, io.thermolake.detect.Contexts.WARM_UP_DAYS);
        for (Manifest.Partition p : partitions) {
            dates.put(
                    p.date(),
                    new ScoreIndex.ScoredDate(
                            p.runId(),
                            new ScoreIndex.WrittenBy(p.runId(), 1),
                            String.valueOf(past.get(p.date())),
                            READINGS,
                            0));
            for (int minute = 0; minute < READINGS; minute++) {
                double value = temperature(room, p.date(), minute);
                if (value > 30) {
                    String time = time(p.date(), minute);
                    anomalies.add(new Anomaly(time, time, value, 0.75, "jump"));
                }
            }
        }
        List<Alarm> alarms = anomalies.isEmpty()
                ? List.of()
                : List.of(new Alarm(
                        anomalies.get(0).timestamp(),
                        anomalies.get(anomalies.size() - 1).timestamp(),
                        anomalies.get(0).temperature(),
                        0.75,
                        anomalies.size(),
                        "jump"));
        ScoreIndex index = new ScoreIndex(
                room,
                version,
                "PT30M",
                dates,
                anomalies,
                new ScoreIndex.Last(time(DATES.get(1), READINGS - 1), 20, "2026-03-04 00:00:00"),
                alarms,
                true);
        Map<String, ScoreIndex.Told> told = index.told();
        for (Manifest.Partition p : partitions) {
            StringBuilder csv = new StringBuilder(ScoreCheck.HEADER).append('\n');
            for (int minute = 0; minute < READINGS; minute++) {
                String time = time(p.date(), minute);
                ScoreIndex.Told of = told.get(time);
                csv.append("%s,%s,%s,0.5,%s,%s\n"
                        .formatted(
                                time,
                                temperature(room, p.date(), minute),
                                of == null ? "0.25" : "0.75",
                                of == null ? "false,false,," : "true," + of.alarm() + "," + of.episode() + ",jump",
                                version));
            }
            String folder = LakeLayout.scores(room, LocalDate.parse(p.date()), p.runId());
            put(folder + "scores.csv", csv.toString());
            catalog("scores", List.of(room, p.date()), folder);
        }
        put(LakeLayout.scoreIndex(room), index);
        put(LakeLayout.alarms(room), index.alarmLines());
    }

    private void catalog(String table, List<String> values, String folder) throws Exception {
        Map<String, Object> value = Map.of(
                "TableName", table, "Values", values, "StorageDescriptor", Map.of("Location", "s3://lake/" + folder));
        write(
                data.resolve("state/glue/partitions/" + table + "-" + String.join("-", values) + ".json"),
                RecordJson.gson().toJson(Map.of("id", table + values, "value", value)),
                false);
    }

    private void put(String key, Object value) throws Exception {
        write(
                bucket.resolve(key),
                value instanceof String s ? s : RecordJson.gson().toJson(value),
                checksums);
    }

    private static void write(Path file, String text, boolean checksum) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        if (checksum) {
            mark(file, MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        }
    }

    private static void mark(Path file, byte[] md5) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        view.write(ChecksumCheck.ATTRIBUTE, ByteBuffer.wrap(md5));
    }
}
