package io.thermolake.fake;

import io.thermolake.Settings;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.run.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** A lake with one room, the lab, a reading a minute, and the settings of its stack. */
public final class Lab {
    public static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");
    public static final String PIPELINE = "arn:aws:states:eu-central-1:000000000000:stateMachine:pipeline";
    public static final Run RUN =
            new Run("run-1", "arn:aws:states:eu-central-1:000000000000:execution:pipeline:run-1", NOW, 0);

    public final FakeS3 s3 = new FakeS3();
    public final LakeStore store = new LakeStore(s3, "lake");
    private final List<Manifest.Partition> partitions = new ArrayList<>();
    private long number;

    /** Another run at the same present. */
    public static Run run(String id) {
        return new Run(id, RUN.executionArn(), NOW, 0);
    }

    public static Settings settings() {
        return settings(Map.of());
    }

    public static Settings settings(Map<String, String> changed) {
        Map<String, String> env = new TreeMap<>(Map.ofEntries(
                Map.entry("STACK_NAME", "thermolake"),
                Map.entry("BUCKET", "lake"),
                Map.entry("DATABASE", "thermolake"),
                Map.entry("WORKGROUP", "thermolake"),
                Map.entry("HISTORY_CRAWLER", "history"),
                Map.entry("RAW_CRAWLER", "raw"),
                Map.entry("ROOM_JOB", "rooms"),
                Map.entry("TOPIC_ARN", "arn:aws:sns:eu-central-1:000000000000:failures"),
                Map.entry("PIPELINE_ARN", PIPELINE),
                Map.entry("SAGEMAKER_ROLE_ARN", "arn:aws:iam::000000000000:role/sagemaker"),
                Map.entry("KMS_KEY_ARN", "arn:aws:kms:eu-central-1:000000000000:key/lake"),
                Map.entry("RCF_IMAGE", "664544806723.dkr.ecr.eu-central-1.amazonaws.com/randomcutforest:1"),
                Map.entry("TRAINING_INSTANCE_TYPE", "ml.m5.large"),
                Map.entry("ENDPOINT_INSTANCE_TYPE", "ml.t2.medium"),
                Map.entry("ENDPOINT_MODE", "per-run"),
                Map.entry("NUM_TREES", "100"),
                Map.entry("NUM_SAMPLES_PER_TREE", "256"),
                Map.entry("DETECTOR", "sagemaker"),
                Map.entry("ALARM_BUDGET", "0.7"),
                Map.entry("THRESHOLD_METHOD", "alarm-budget"),
                Map.entry("THRESHOLD_DEVIATIONS", "3"),
                Map.entry("COOL_DOWN", "PT30M"),
                Map.entry("TRAINING_WINDOW", "P30D"),
                Map.entry("HOLD_BACK", "P7D"),
                Map.entry("MODEL_MAX_AGE", "P30D"),
                Map.entry("MIN_TRAINING_DAYS", "14"),
                Map.entry("DATABASE_EVERY", "P1D"),
                Map.entry("DATABASE_OVERLAP", "PT2H"),
                Map.entry("MAX_QUARANTINE_RATIO", "0.5"),
                Map.entry("CRAWL_TIMEOUT", "PT10M"),
                Map.entry("JOB_TIMEOUT", "PT1H"),
                Map.entry("TRAINING_TIMEOUT", "PT30M")));
        env.putAll(changed);
        return Settings.from(env);
    }

    /**
     * Writes a date of the lab, or writes it anew, by a run's first attempt.
     *
     * @param readings of that day, from midnight on
     * @param temperature by minute
     */
    public Lab day(String date, String runId, int readings, IntToDoubleFunction temperature) {
        LocalDate day = LocalDate.parse(date);
        StringBuilder csv = new StringBuilder("timestamp,temperature\n");
        for (int minute = 0; minute < readings; minute++) {
            csv.append("%s %02d:%02d:00,%s\n"
                    .formatted(date, minute / 60, minute % 60, temperature.applyAsDouble(minute)));
        }
        store.put(LakeLayout.room("lab", day, runId, 1) + "part-0.csv", csv.toString());
        partitions.removeIf(p -> p.date().equals(date));
        partitions.add(new Manifest.Partition(date, runId, 1, Map.of("lab", (long) readings)));
        return this;
    }

    /** Writes a date as it usually is: a reading every ten minutes, warm in office hours, with a little noise. */
    public Lab usual(String date, String runId) {
        return changed(date, runId, minute -> 0);
    }

    /** @param fault added to what is usual by minute; not a number where the sensor says nothing */
    public Lab changed(String date, String runId, IntToDoubleFunction fault) {
        LocalDate day = LocalDate.parse(date);
        Random random = new Random(day.toEpochDay());
        StringBuilder csv = new StringBuilder("timestamp,temperature\n");
        long readings = 0;
        for (int minute = 0; minute < 1440; minute += 10) {
            boolean used = day.getDayOfWeek().getValue() < 6 && minute >= 7 * 60 && minute < 18 * 60;
            double value = (used ? 21 : 18) + 0.05 * random.nextGaussian() + fault.applyAsDouble(minute);
            if (!Double.isNaN(value)) {
                csv.append("%s %02d:%02d:00,%s\n"
                        .formatted(date, minute / 60, minute % 60, Math.round(value * 100) / 100.0));
                readings++;
            }
        }
        store.put(LakeLayout.room("lab", day, runId, 1) + "part-0.csv", csv.toString());
        partitions.removeIf(p -> p.date().equals(date));
        partitions.add(new Manifest.Partition(date, runId, 1, Map.of("lab", readings)));
        return this;
    }

    /** As many usual dates, the last of them the day before {@link #NOW}. */
    public Lab days(int days, String runId) {
        LocalDate end = LocalDate.parse("2026-03-31");
        for (LocalDate day = end.minusDays(days); day.isBefore(end); day = day.plusDays(1)) {
            usual(day.toString(), runId);
        }
        return this;
    }

    /** Writes the next manifest, of all days so far. */
    public Lab commit(String runId) {
        number++;
        store.put(
                LakeLayout.manifest(number),
                new Manifest(
                        number,
                        runId,
                        NOW,
                        NOW,
                        partitions,
                        List.of(),
                        new Counts(1440, 1440, Map.of(), 0, 0, 0),
                        null,
                        null,
                        null,
                        Map.of(),
                        null));
        return this;
    }
}
