package io.thermolake.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.thermolake.extract.RoomExtractJob;
import io.thermolake.reading.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seeded folders of good and bad files through both jobs; {@code -Dmixtures=200} runs that many of them. */
class MixturesTest {
    private static final int IN_EVERY_BUILD = 8;

    @TempDir
    static Path root;

    private static SparkSession spark;

    @BeforeAll
    static void start() throws IOException {
        spark = Sessions.start(root, Files.createDirectories(root.resolve("scratch")));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("mixtures", IN_EVERY_BUILD));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void allGoodRowsOfAMixtureArriveAndEachBadOneIsCounted(long seed) throws IOException {
        Mixture mixture = new Mixture(seed);
        Path bucket = root.resolve("mixture-" + seed);
        List<String> inputs = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : mixture.files.entrySet()) {
            put(bucket.resolve(file.getKey()), file.getValue());
            boolean history = file.getKey().startsWith("raw/history/");
            inputs.add(input(file.getKey(), history ? Source.HISTORY_FILE : Source.LIVE, history ? "csv" : "json"));
        }
        SparkSession.setActiveSession(spark);
        new GraphJob(spark, new Command("g", "graph", null, null, null, graph("mixture-" + seed), null)).run();
        try (Stream<Path> all = Files.walk(bucket.resolve("raw/imported/history"))) {
            all.filter(f -> f.toString().endsWith(".gz"))
                    .forEach(f -> inputs.add(input(bucket.relativize(f).toString(), Source.HISTORY, "json")));
        }
        put(bucket.resolve("inputs"), String.join("\n", inputs).getBytes(UTF_8));
        put(bucket.resolve("base"), new byte[0]);

        RoomExtractJob.main(new String[] {
            "--run_id",
            "r",
            "--attempt",
            "1",
            "--bucket",
            "mixture-" + seed,
            "--inputs",
            "inputs",
            "--base_partitions",
            "base",
            "--now",
            "2026-03-05T00:00:00Z",
            "--min_temperature",
            "-90",
            "--max_temperature",
            "100",
            "--error_temperatures",
            "85,-9999"
        });

        Map<?, ?> counts = (Map<?, ?>) new Gson()
                .fromJson(Files.readString(bucket.resolve("runs/r/extract/attempt=1/result.json")), Map.class)
                .get("counts");
        double quarantined = ((Map<?, ?>) counts.get("quarantined"))
                .values().stream().mapToDouble(n -> (double) n).sum();
        assertThat(lake("mixture-" + seed)).isEqualTo(mixture.good);
        assertThat(counts.get("clean")).isEqualTo((double) mixture.good.size());
        assertThat(quarantined).isEqualTo((double) mixture.bad);
        assertThat(counts.get("duplicates")).isEqualTo((double) mixture.duplicates);
        assertThat(counts.get("conflicts")).isEqualTo(0.0);
        assertThat(counts.get("read")).isEqualTo((double) (mixture.good.size() + mixture.bad + mixture.duplicates));
    }

    private static Map<String, Double> lake(String bucket) {
        Map<String, Double> readings = new TreeMap<>();
        for (Row row : spark.read()
                .parquet("s3://" + bucket + "/lake/temperatures/")
                .selectExpr("room_id", "cast(timestamp AS long)", "temperature")
                .collectAsList()) {
            readings.put(row.getString(0) + " " + row.getLong(1), row.getDouble(2));
        }
        return readings;
    }

    private static String input(String key, Source source, String format) {
        return new Gson()
                .toJson(Map.of(
                        "object",
                        key,
                        "source",
                        source.key(),
                        "format",
                        format,
                        "timestamp",
                        "timestamp",
                        "room_id",
                        "room_id",
                        "temperature",
                        "temperature",
                        "size",
                        1));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> graph(String bucket) throws IOException {
        String text =
                Files.readString(Path.of("..", "glue", "history_job.json")).replace("${Bucket}", bucket);
        return new Gson().fromJson(text, Map.class);
    }

    private static void put(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
