package io.thermolake.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.thermolake.lake.LakeLayout;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * From the external database to {@code raw/imported/external_db/run=<id>/} as JSON lines: all rows, or those from a time
 * on. Its result, with the latest timestamp that it saw, comes last.
 */
public final class ExternalDbImportJob {
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+){0,2}");

    private static final Pattern OBJECT = Pattern.compile("s3://([^/]+)/(.+)");

    private static final JobArgument<String> TABLE_NAME = JobArgument.text("table", "dbo.temperatures");
    private static final JobArgument<String> SINCE = JobArgument.text("since", "");
    private static final JobArgument<String> CA_CERTIFICATE = JobArgument.text("ca_certificate", "");
    private static final JobArgument<String> CERTIFICATE_HOST = JobArgument.text("certificate_host", "");

    private static final JobArgument<String> CONNECTION_NAME = JobArgument.text("connection_name");

    /** All that the job reads; what it would read beside them is refused by {@link JobArguments}. */
    static final List<JobArgument<?>> ARGUMENTS = List.of(
            JobArgument.BUCKET,
            JobArgument.RUN_ID,
            TABLE_NAME,
            SINCE,
            CA_CERTIFICATE,
            CERTIFICATE_HOST,
            CONNECTION_NAME);

    private ExternalDbImportJob() {}

    /**
     * On Glue, which knows the database as a connection.
     *
     * @param args as {@link #run} takes them, and {@code --connection_name}
     * @throws IllegalArgumentException when an argument is missing, or as {@link #run} does
     * @throws IllegalStateException when Glue does not tell the connection's address and login
     */
    public static void main(String[] args) throws ClassNotFoundException {
        JobArguments arguments = new JobArguments(args, ARGUMENTS);
        JdbcLogin login = GlueConnection.login(
                Class.forName(GlueConnection.CONTEXT),
                CONNECTION_NAME.in(arguments),
                SparkSession.builder().getOrCreate().sparkContext());
        run(args, login.url(), login.user(), login.password());
    }

    /**
     * @param args {@code --run_id --bucket [--since ISO] [--table dbo.temperatures] [--ca_certificate s3://…]
     *     [--certificate_host NAME]}; Glue's own are ignored
     * @param url JDBC
     * @throws IllegalArgumentException when an argument is missing, the table's name is not of the allowed form, or the
     *     connection would not be safe
     */
    public static void run(String[] args, String url, String user, String password) {
        JobArguments arguments = new JobArguments(args, ARGUMENTS);
        String table = TABLE_NAME.in(arguments);
        if (!TABLE.matcher(table).matches()) {
            throw new IllegalArgumentException("--table must be a name such as dbo.temperatures but is " + table);
        }
        String bucket = JobArgument.BUCKET.in(arguments);
        String runId = JobArgument.RUN_ID.in(arguments);
        String since = SINCE.in(arguments);
        SparkSession spark = SparkSession.builder().getOrCreate();
        spark.conf().set("spark.sql.session.timeZone", "UTC");
        spark.sparkContext().hadoopConfiguration().set("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");
        Dataset<Row> rows = spark.read()
                .format("jdbc")
                .option("url", url)
                .option("user", user)
                .option("password", password)
                .option("dbtable", table)
                .option("fetchsize", "10000")
                .options(DatabaseTls.options(
                        url, certificates(CA_CERTIFICATE.in(arguments), spark), CERTIFICATE_HOST.in(arguments)))
                // SQL Server's float is a double; some drivers report JDBC's FLOAT, which Spark narrows.
                .option("customSchema", "temperature DOUBLE")
                .load()
                .select("timestamp", "room_id", "temperature");
        if (!since.isEmpty()) {
            rows = rows.filter(col("timestamp").geq(Timestamp.from(Instant.parse(since))));
        }
        Dataset<Row> read = rows.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Row seen = read.agg(count(lit(1)), max("timestamp")).first();
            if (seen.getLong(0) > 0) {
                // A gzip file of nothing is no empty file: the crawler makes no table of it, and the run looks for one.
                write(read, Storage.uri(bucket, LakeLayout.importedDatabase(runId)));
            }
            Storage.write(
                    bucket,
                    LakeLayout.databaseResult(runId),
                    "{\"rows\":%d,\"highWaterMark\":%s}"
                            .formatted(
                                    seen.getLong(0),
                                    seen.isNullAt(1)
                                            ? "null"
                                            : '"'
                                                    + seen.getTimestamp(1)
                                                            .toInstant()
                                                            .toString()
                                                    + '"'),
                    spark.sparkContext().hadoopConfiguration());
        } finally {
            read.unpersist();
        }
    }

    private static void write(Dataset<Row> rows, String folder) {
        rows.orderBy("timestamp", "room_id", "temperature")
                .select(
                        date_format(col("timestamp"), "yyyy-MM-dd HH:mm:ss").as("timestamp"),
                        col("room_id"),
                        col("temperature"))
                .coalesce(Math.max(1, rows.sparkSession().sparkContext().defaultParallelism()))
                .write()
                .mode(SaveMode.Overwrite)
                .option("compression", "gzip")
                .json(folder);
    }

    private static String certificates(String uri, SparkSession spark) {
        if (uri.isEmpty()) {
            return "";
        }
        Matcher object = OBJECT.matcher(uri);
        if (!object.matches()) {
            throw new IllegalArgumentException("--ca_certificate must be s3://BUCKET/KEY but is " + uri);
        }
        return String.join(
                "\n",
                Storage.lines(
                        object.group(1), object.group(2), spark.sparkContext().hadoopConfiguration()));
    }
}
