package io.thermolake.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one class that knows an S3 key or a table name. Keys are relative to the lake's bucket; a prefix ends in '/'. A
 * room's id is a safe part of a key: {@code RoomId} lets only letters, digits, '-' and '_' through.
 */
public final class LakeLayout {
    /** Firehose's prefix: JSON lines, gzip, by arrival hour. */
    public static final String LIVE = "raw/live/";
    /** What people drop: CSV or JSON. */
    public static final String HISTORY = "raw/history/";
    /** The visual job's output. */
    public static final String IMPORTED_HISTORY = "raw/imported/history/";
    /** The database's rows, a folder a run. */
    public static final String IMPORTED_DATABASE = "raw/imported/external_db/";

    public static final String TEMPERATURES = "lake/temperatures/";
    public static final String ROOMS = "rooms/";
    public static final String MANIFESTS = "manifests/";
    public static final String SCORES = "scores/";
    public static final String ALARMS = "alarms/";
    public static final String REPORTS = "reports/";
    public static final String MODELS = "models/";
    public static final String LOCK = "locks/pipeline.json";
    /** What is scored of each room: the commits of scores. */
    public static final String SCORE_INDEXES = "runs/scores/";
    /** Which manifests the catalog was brought up to. */
    public static final String CATALOG_MARKS = "runs/catalog/";
    /** Which run's report shows a manifest. */
    public static final String REPORT_POINTERS = "runs/reports/";
    /** Says that a start which history asked for was skipped, and is to be made good when the lock is free. */
    public static final String PENDING_START = "runs/pending.json";

    /** Clean readings as Parquet, partitioned by date. */
    public static final String TEMPERATURES_TABLE = "temperatures";
    /** The rooms' CSV, partitioned by room_id and date. */
    public static final String ROOMS_TABLE = "rooms";
    /** Scores, partitioned by room_id and date. */
    public static final String SCORES_TABLE = "scores";
    /** Alarms, one JSON line an episode. */
    public static final String ALARMS_TABLE = "alarms";
    /** Crawled raw tables carry this prefix before the folder's name: raw_live, raw_history, raw_external_db. */
    public static final String RAW_TABLE_PREFIX = "raw_";
    /** What the external database's crawler puts before the names of its tables. */
    public static final String EXTERNAL_TABLE_PREFIX = "external_";

    private static final Pattern MANIFEST = Pattern.compile("[0-9]{9,18}\\.json");

    private static final String CURRENT = "current.json";
    private static final String CARD = "model.json";
    private static final String REJECTION = "rejected.json";
    private static final String FOREST = "forest.json";

    private LakeLayout() {}

    /** The live prefix of the hour in which {@code arrival} lies. */
    public static String liveHour(Instant arrival) {
        ZonedDateTime t = arrival.atZone(ZoneOffset.UTC);
        return LIVE
                + "year=%04d/month=%02d/day=%02d/hour=%02d/"
                        .formatted(t.getYear(), t.getMonthValue(), t.getDayOfMonth(), t.getHour());
    }

    public static String importedDatabase(String runId) {
        return IMPORTED_DATABASE + "run=" + runId + "/";
    }

    /**
     * The table that a crawl of the external database makes. Glue joins the three names and changes what a table's name may not
     * hold.
     */
    public static String externalTable(String prefix, String database, String schema, String table) {
        String name = prefix + database + "_" + schema + "_" + table;
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    /** One attempt's Parquet of one date. */
    public static String temperatures(LocalDate date, String runId, int attempt) {
        return TEMPERATURES + "date=%s/run=%s/attempt=%d/".formatted(date, runId, attempt);
    }

    /** One attempt's CSV of one room and date. */
    public static String room(String roomId, LocalDate date, String runId, int attempt) {
        return ROOMS + "room_id=%s/date=%s/run=%s/attempt=%d/".formatted(roomId, date, runId, attempt);
    }

    public static String quarantine(String runId, int attempt) {
        return "quarantine/run=%s/attempt=%d/".formatted(runId, attempt);
    }

    /** Nine digits keep the keys in the order of their numbers up to a billion commits. */
    public static String manifest(long number) {
        return MANIFESTS + "%09d.json".formatted(number);
    }

    /** Whether a key is that of a manifest; people put copies and notes beside them. */
    public static boolean isManifest(String key) {
        return key.startsWith(MANIFESTS)
                && MANIFEST.matcher(key.substring(MANIFESTS.length())).matches();
    }

    /** Says that the catalog was brought up to this manifest. */
    public static String catalogMark(long number) {
        return CATALOG_MARKS + "%09d.json".formatted(number);
    }

    public static String run(String runId) {
        return "runs/" + runId + "/";
    }

    public static String plan(String runId) {
        return run(runId) + "plan.json";
    }

    public static String inputs(String runId) {
        return run(runId) + "inputs.jsonl";
    }

    /** The lake's partitions as the run found them, a JSON line each. */
    public static String basePartitions(String runId) {
        return run(runId) + "base.jsonl";
    }

    /** Says that a redrive of the run went on after its failure; redrives count from 0. */
    public static String resumed(String runId, int redrive) {
        return run(runId) + "resumed/%d.json".formatted(redrive);
    }

    /** What one attempt of the room job says of itself. */
    public static String extractResult(String runId, int attempt) {
        return run(runId) + "extract/attempt=%d/result.json".formatted(attempt);
    }

    /** What the database import says of itself. */
    public static String databaseResult(String runId) {
        return run(runId) + "external_db.json";
    }

    public static String handles(String runId) {
        return run(runId) + "handles/";
    }

    /** The mark of one notified failure; redrives count from 0. */
    public static String failure(String runId, int redrive) {
        return run(runId) + "failures/%d.json".formatted(redrive);
    }

    public static String summary(String runId) {
        return run(runId) + "summary.json";
    }

    /** @param slot the scheduled time, e.g. 2026-03-31T02:00:00Z */
    public static String slot(Instant slot) {
        return "runs/slots/" + slot + ".json";
    }

    public static String trainingFeatures(String roomId, String version) {
        return "training/%s/%s/features.csv".formatted(roomId, version);
    }

    /** All versions of a room's model. */
    public static String models(String roomId) {
        return MODELS + roomId + "/";
    }

    /** What somebody has confirmed to be a fault of the room or its sensor. */
    public static String confirmedFaults(String roomId) {
        return models(roomId) + "faults.json";
    }

    /** Why one version was not put in use. */
    public static String modelRejection(String roomId, String version) {
        return model(roomId, version) + REJECTION;
    }

    public static String model(String roomId, String version) {
        return MODELS + roomId + "/" + version + "/";
    }

    /** How one version is made: its days, hyperparameters and limits. */
    public static String modelRecipe(String roomId, String version) {
        return model(roomId, version) + "recipe.json";
    }

    /** The forest of one version that the functions trained. */
    public static String forest(String roomId, String version) {
        return model(roomId, version) + FOREST;
    }

    /** The recipe of one version, with all its limits, its scores' distribution and its forest's key. */
    public static String modelCard(String roomId, String version) {
        return model(roomId, version) + CARD;
    }

    /** Points to the version in use. */
    public static String currentModel(String roomId) {
        return models(roomId) + CURRENT;
    }

    public static boolean isCurrentModel(String key) {
        return key.startsWith(MODELS) && key.endsWith("/" + CURRENT);
    }

    /** Whose a key under {@link #MODELS} is. @param version the part behind the room's, whatever it is */
    public record ModelKey(String room, String version) {
        public static ModelKey of(String key) {
            String[] parts = key.split("/");
            return new ModelKey(parts[1], parts[2]);
        }
    }

    public static boolean isModelCard(String key) {
        return key.endsWith("/" + CARD);
    }

    public static boolean isModelRejection(String key) {
        return key.endsWith("/" + REJECTION);
    }

    /**
     * Whether it is the forest of a version, whoever trained it: SageMaker writes it last and whole, at {@code
     * <version>/<job>/output/model.tar.gz}.
     */
    public static boolean isForest(String key) {
        return key.endsWith("/output/model.tar.gz") || key.endsWith("/" + FOREST);
    }

    /** The file of {@link #scores}. */
    public static String scoresFile(String roomId, LocalDate date, String runId) {
        return scores(roomId, date, runId) + "scores.csv";
    }

    /** The folder of one run's scores of one room and date, as CSV with a header. */
    public static String scores(String roomId, LocalDate date, String runId) {
        return SCORES + "room_id=%s/date=%s/run=%s/".formatted(roomId, date, runId);
    }

    /** What is scored of a room, by which model, and its alarms: writing it commits the room's scores. */
    public static String scoreIndex(String roomId) {
        return SCORE_INDEXES + roomId + ".json";
    }

    /** What a run has scored of a room so far, before it commits it. */
    public static String scoreDraft(String runId, String roomId) {
        return run(runId) + "scores/" + roomId + ".json";
    }

    /** A room's alarms, one JSON line an episode. */
    public static String alarms(String roomId) {
        return ALARMS + roomId + ".jsonl";
    }

    public static String report(String runId) {
        return REPORTS + runId + "/report.html";
    }

    /** Says which run's report shows this manifest with all its alarms. */
    public static String reportOf(long manifest) {
        return REPORT_POINTERS + "%09d.json".formatted(manifest);
    }

    /** A file that the deployment put there, under the hash of its content. */
    public static String asset(String sha256, String suffix) {
        return "assets/" + sha256 + suffix;
    }
}
