package io.thermolake.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The worker's one Spark session, on two cores of this machine, whose {@code s3://} is a folder. */
final class Sessions {
    private Sessions() {}

    /** @param root the folder of the buckets; @param scratch for shuffle files and the like */
    static SparkSession start(Path root, Path scratch) {
        SparkSession session = SparkSession.builder()
                .master("local[2]")
                .appName("thermolake")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.local.dir", scratch.toString())
                .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
                .config("spark.hadoop.fs.s3.impl", LocalS3.class.getName())
                .config("spark.hadoop." + LocalS3.ROOT, root.toString())
                .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                .config("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2")
                .config("spark.sql.parquet.compression.codec", "snappy")
                .getOrCreate();
        session.sparkContext().setLogLevel("WARN");
        return session;
    }
}
