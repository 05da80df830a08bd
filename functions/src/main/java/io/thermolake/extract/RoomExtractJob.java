package io.thermolake.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_seconds;

import io.thermolake.lake.LakeLayout;
import io.thermolake.reading.FlatJson;
import io.thermolake.reading.InputLine;
import io.thermolake.reading.Source;
import io.thermolake.reading.TemperatureRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * From the run's input list to lake partitions and the rooms' CSV: reads every file line by line, parses, validates,
 * removes duplicates (also against what the lake has), and puts bad records in quarantine. Writes only into folders of its
 * own attempt; its result comes last, and nothing is visible before the commit.
 */
public final class RoomExtractJob {
    private static final List<String> ORDER = List.of("date", "room_id", "second", "rank", "object", "seq");

    private static final JobArgument<Integer> ATTEMPT = JobArgument.whole("attempt");
    private static final JobArgument<String> INPUTS = JobArgument.text("inputs");
    private static final JobArgument<String> BASE_PARTITIONS = JobArgument.text("base_partitions");
    private static final JobArgument<Instant> NOW = JobArgument.instant("now");
    private static final JobArgument<Duration> MAX_FUTURE = JobArgument.duration("max_future", "PT10M");
    private static final JobArgument<Instant> FROM = JobArgument.instant("from", "0000-01-01T00:00:00Z");
    private static final JobArgument<Instant> TO = JobArgument.instant("to", "9999-12-31T23:59:59Z");
    private static final JobArgument<String> ROOMS = JobArgument.text("rooms", "");
    private static final JobArgument<String> MIN_TEMPERATURE = JobArgument.text("min_temperature", "-273.15");
    private static final JobArgument<String> MAX_TEMPERATURE = JobArgument.text("max_temperature", "1e6");
    private static final JobArgument<String> ERROR_TEMPERATURES = JobArgument.text("error_temperatures", "");

    /** All that the job reads; what it would read beside them is refused by {@link JobArguments}. */
    static final List<JobArgument<?>> ARGUMENTS = List.of(
            JobArgument.BUCKET,
            JobArgument.RUN_ID,
            ATTEMPT,
            INPUTS,
            BASE_PARTITIONS,
            NOW,
            MAX_FUTURE,
            FROM,
            TO,
            ROOMS,
            MIN_TEMPERATURE,
            MAX_TEMPERATURE,
            ERROR_TEMPERATURES);

    private final SparkSession spark;
    private final Configuration hadoop;
    private final String bucket;
    private final String runId;
    private final int attempt;
    private final JobArguments arguments;

    private RoomExtractJob(SparkSession spark, JobArguments arguments) {
        this.spark = spark;
        this.hadoop = spark.sparkContext().hadoopConfiguration();
        this.bucket = JobArgument.BUCKET.in(arguments);
        this.runId = JobArgument.RUN_ID.in(arguments);
        this.attempt = ATTEMPT.in(arguments);
        this.arguments = arguments;
    }

    /**
     * @param args {@code --run_id --attempt --bucket --inputs KEY --base_partitions KEY --now ISO [--max_future PT10M]
     *     [--min_temperature °C] [--max_temperature °C] [--error_temperatures °C,°C] [--from ISO] [--to ISO] [--rooms a,b]};
     *     Glue's own are ignored
     * @throws IllegalArgumentException naming the argument or setting that is missing or bad
     * @throws IllegalStateException when the visual job did not write what the history's files say; nothing is committed
     */
    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        spark.conf().set("spark.sql.session.timeZone", "UTC");
        // INT96, Spark's default, is deprecated and read differently by every engine.
        spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        spark.sparkContext().hadoopConfiguration().set("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");
        new RoomExtractJob(spark, new JobArguments(args, ARGUMENTS)).run();
    }

    private void run() {
        ExtractResult result = new ExtractResult(runId, attempt);
        List<InputLine> inputs = Storage.lines(bucket, INPUTS.in(arguments), hadoop).stream()
                .map(InputLine::parse)
                // The biggest first, so that the last task is a small one.
                .sorted(Comparator.comparingLong(InputLine::size).reversed())
                .toList();
        RecordReader reader = reader();
        Dataset<Row> rows = rows(inputs, reader).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> fates = null;
        try {
            Dataset<Row> records = records(rows, inputs, reader);
            Set<String> dates = new TreeSet<>();
            long read = 0;
            for (Row row : records.groupBy("reason", "date").agg(count(lit(1))).collectAsList()) {
                long n = row.getLong(2);
                read += n;
                if (row.isNullAt(0)) {
                    dates.add(row.getString(1));
                } else if (row.getString(0).equals(RecordReader.OUT_OF_SCOPE)) {
                    result.outOfScope += n;
                } else {
                    result.quarantined.merge(row.getString(0), n, Long::sum);
                }
            }
            if (!dates.isEmpty()) {
                fates = fates(records, dates).persist(StorageLevel.MEMORY_AND_DISK());
                tally(fates, result);
                write(fates, result.partitions.keySet());
            }
            if (!result.quarantined.isEmpty()) {
                result.unread.putAll(UnreadFiles.of(rows));
                quarantine(records);
            }
            Storage.write(bucket, LakeLayout.extractResult(runId, attempt), result.json(read), hadoop);
        } finally {
            rows.unpersist();
            if (fates != null) {
                fates.unpersist();
            }
        }
    }

    /** What counts of the rows: where the history's files are in the list, the visual job's work is held against them. */
    private Dataset<Row> records(Dataset<Row> rows, List<InputLine> inputs, RecordReader reader) {
        List<InputLine> files = inputs.stream()
                .filter(i -> i.source() == Source.HISTORY_FILE)
                .map(file -> file.as(Source.HISTORY))
                .toList();
        return files.isEmpty()
                ? rows.filter(col("reason").isNull().or(col("reason").notEqual(RecordReader.SUM)))
                : HistoryCheck.checked(rows, () -> rows(files, reader));
    }

    private JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(spark.sparkContext());
    }

    private int parts(int files) {
        return Math.max(1, Math.min(files, 4 * spark.sparkContext().defaultParallelism()));
    }

    private RecordReader reader() {
        Instant now = NOW.in(arguments);
        String rooms = ROOMS.in(arguments);
        return new RecordReader(
                bucket,
                now.plus(MAX_FUTURE.in(arguments)).getEpochSecond(),
                FROM.in(arguments).getEpochSecond(),
                TO.in(arguments).getEpochSecond(),
                rooms.isEmpty() ? Set.of() : new HashSet<>(List.of(rooms.split(","))),
                TemperatureRange.of(
                        MIN_TEMPERATURE.in(arguments),
                        MAX_TEMPERATURE.in(arguments),
                        ERROR_TEMPERATURES.in(arguments)));
    }

    private Dataset<Row> rows(List<InputLine> inputs, RecordReader reader) {
        return spark.createDataFrame(
                context().parallelize(inputs, parts(inputs.size())).flatMap(reader::read), RecordReader.SCHEMA);
    }

    /** Every in-scope reading and every reading that the lake has of the same dates, with what becomes of it. */
    private Dataset<Row> fates(Dataset<Row> records, Set<String> dates) {
        Dataset<Row> all = records.filter(col("reason").isNull())
                .select("room_id", "second", "temperature", "rank", "object", "seq", "date");
        Map<String, String> base = base();
        for (String date : dates) {
            String location = base.get(date);
            if (location != null) {
                all = all.union(spark.read()
                        .parquet(Storage.uri(bucket, location))
                        .select(
                                col("room_id"),
                                col("timestamp").cast("long").as("second"),
                                col("temperature"),
                                lit(Source.LAKE.rank()).as("rank"),
                                lit("").as("object"),
                                lit(0L).as("seq"),
                                lit(date).as("date")));
            }
        }
        int parts = Math.min(dates.size(), 4 * spark.sparkContext().defaultParallelism());
        return all.repartition(parts, col("date"))
                .sortWithinPartitions(ORDER.stream().map(c -> col(c)).toArray(org.apache.spark.sql.Column[]::new))
                .mapPartitions((MapPartitionsFunction<Row, Row>) Deduplicator::new, Encoders.row(Deduplicator.SCHEMA));
    }

    private Map<String, String> base() {
        Map<String, String> base = new TreeMap<>();
        for (String line : Storage.lines(bucket, BASE_PARTITIONS.in(arguments), hadoop)) {
            var fields = FlatJson.parts(line).get(0).fields();
            if (fields != null) {
                base.put(String.valueOf(fields.get("date")), String.valueOf(fields.get("location")));
            }
        }
        return base;
    }

    /** Counts, and decides which dates are written: those that gained a reading. */
    private static void tally(Dataset<Row> fates, ExtractResult result) {
        Set<String> gained = new HashSet<>();
        List<Row> rows =
                fates.groupBy("date", "room_id", "fate").agg(count(lit(1))).collectAsList();
        for (Row row : rows) {
            long n = row.getLong(3);
            switch (row.getString(2)) {
                case Deduplicator.NEW -> {
                    result.clean += n;
                    gained.add(row.getString(0));
                }
                case Deduplicator.DUPLICATE -> result.duplicates += n;
                case Deduplicator.CONFLICT -> {
                    result.duplicates += n;
                    result.conflicts.merge(row.getString(1), n, Long::sum);
                }
                default -> {
                    // Old readings are nobody's record of this run.
                }
            }
        }
        for (Row row : rows) {
            boolean kept = row.getString(2).equals(Deduplicator.NEW)
                    || row.getString(2).equals(Deduplicator.OLD);
            if (kept && gained.contains(row.getString(0))) {
                result.partitions
                        .computeIfAbsent(row.getString(0), d -> new TreeMap<>())
                        .merge(row.getString(1), row.getLong(3), Long::sum);
            }
        }
    }

    private void write(Dataset<Row> fates, Set<String> dates) {
        if (dates.isEmpty()) {
            return;
        }
        Dataset<Row> kept = fates.filter(col("fate").isin(Deduplicator.NEW, Deduplicator.OLD))
                .filter(col("date").isin(dates.toArray()))
                .select(
                        timestamp_seconds(col("second")).as("timestamp"),
                        col("room_id"),
                        col("temperature"),
                        col("date"),
                        lit(runId).as("run"),
                        lit(attempt).as("attempt"));
        // Sorted by the partition columns first: what Spark asks for, and one file a partition.
        kept.sortWithinPartitions("date", "run", "attempt", "room_id", "timestamp")
                .write()
                .mode(SaveMode.Append)
                .partitionBy("date", "run", "attempt")
                .parquet(Storage.uri(bucket, LakeLayout.TEMPERATURES));
        kept.sortWithinPartitions("room_id", "date", "run", "attempt", "timestamp")
                .select("timestamp", "temperature", "room_id", "date", "run", "attempt")
                .write()
                .mode(SaveMode.Append)
                .partitionBy("room_id", "date", "run", "attempt")
                .option("header", "true")
                .option("timestampFormat", "yyyy-MM-dd HH:mm:ss")
                .csv(Storage.uri(bucket, LakeLayout.ROOMS));
    }

    private void quarantine(Dataset<Row> records) {
        records.filter(col("reason").isNotNull())
                .filter(col("reason").notEqual(RecordReader.OUT_OF_SCOPE))
                .select("object", "line", "reason", "text")
                .coalesce(1)
                .write()
                .mode(SaveMode.Overwrite)
                .json(Storage.uri(bucket, LakeLayout.quarantine(runId, attempt)));
    }
}
