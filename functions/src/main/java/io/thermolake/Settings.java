package io.thermolake;

import java.time.Duration;
import java.util.Map;

/**
 * The one environment that all functions share, read once and checked whole. The template's {@code Globals} set it; a
 * missing or bad variable fails the function's start with the variable's name.
 *
 * @param stack the stack's name: what its metrics carry
 * @param bucket the lake's bucket
 * @param database the Glue database
 * @param workgroup the Athena workgroup
 * @param historyCrawler crawler of raw/history/
 * @param databaseCrawler crawler of the external database, empty where there is none
 * @param rawCrawler crawler of the raw zone
 * @param roomJob the Glue job that fills the lake
 * @param topicArn where failures are told
 * @param pipelineArn the machine that history's arrival and a skipped start's follow-up start
 * @param sagemakerRoleArn passed to training jobs and models
 * @param keyArn encrypts the lake, and what SageMaker makes of it
 * @param rcfImage the Random Cut Forest image of the region
 * @param trainingInstanceType for example ml.m5.large
 * @param endpointInstanceType for example ml.t2.medium
 * @param keepEndpoint whether the endpoint outlives the run
 * @param numTrees trees a forest, 50 to 1000
 * @param numSamplesPerTree samples a tree, 1 to 2048; 1/n is about the share of anomalies
 * @param thresholdDeviations an alarm's score lies this many standard deviations above the training scores' mean
 * @param coolDown an alarm within this time after an episode's last anomaly belongs to that episode
 * @param trainingWindow how far back from now a forest learns
 * @param modelMaxAge a forest older than this is trained anew
 * @param minTrainingReadings a room with fewer gets no forest
 * @param databaseEvery how often the database is imported
 * @param databaseOverlap how far behind the high-water mark an import starts
 * @param maxQuarantineRatio a run with a greater share of bad records fails before the commit, 0 to 1
 * @param crawlTimeout how long a crawl may take
 * @param jobTimeout how long a job run may take
 * @param trainingTimeout how long a training job or an endpoint's start may take
 */
public record Settings(
        String stack,
        String bucket,
        String database,
        String workgroup,
        String historyCrawler,
        String databaseCrawler,
        String rawCrawler,
        String roomJob,
        String topicArn,
        String pipelineArn,
        String sagemakerRoleArn,
        String keyArn,
        String rcfImage,
        String trainingInstanceType,
        String endpointInstanceType,
        boolean keepEndpoint,
        int numTrees,
        int numSamplesPerTree,
        double thresholdDeviations,
        Duration coolDown,
        Duration trainingWindow,
        Duration modelMaxAge,
        int minTrainingReadings,
        Duration databaseEvery,
        Duration databaseOverlap,
        double maxQuarantineRatio,
        Duration crawlTimeout,
        Duration jobTimeout,
        Duration trainingTimeout) {

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException naming the variable that is missing or cannot be read, and what it may be
     */
    public static Settings from(Map<String, String> env) {
        return new Settings(
                text(env, "STACK_NAME"),
                text(env, "BUCKET"),
                text(env, "DATABASE"),
                text(env, "WORKGROUP"),
                text(env, "HISTORY_CRAWLER"),
                env.getOrDefault("DATABASE_CRAWLER", ""),
                text(env, "RAW_CRAWLER"),
                text(env, "ROOM_JOB"),
                text(env, "TOPIC_ARN"),
                text(env, "PIPELINE_ARN"),
                text(env, "SAGEMAKER_ROLE_ARN"),
                text(env, "KMS_KEY_ARN"),
                text(env, "RCF_IMAGE"),
                text(env, "TRAINING_INSTANCE_TYPE"),
                text(env, "ENDPOINT_INSTANCE_TYPE"),
                oneOf(env, "ENDPOINT_MODE", "per-run", "keep").equals("keep"),
                whole(env, "NUM_TREES", 50, 1000),
                whole(env, "NUM_SAMPLES_PER_TREE", 1, 2048),
                number(env, "THRESHOLD_DEVIATIONS", 0, 100),
                duration(env, "COOL_DOWN"),
                duration(env, "TRAINING_WINDOW"),
                duration(env, "MODEL_MAX_AGE"),
                whole(env, "MIN_TRAINING_READINGS", 1, 1_000_000),
                duration(env, "DATABASE_EVERY"),
                duration(env, "DATABASE_OVERLAP"),
                number(env, "MAX_QUARANTINE_RATIO", 0, 1),
                duration(env, "CRAWL_TIMEOUT"),
                duration(env, "JOB_TIMEOUT"),
                duration(env, "TRAINING_TIMEOUT"));
    }

    private static String text(Map<String, String> env, String name) {
        String value = env.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "The environment variable " + name + " is not set; the template's Globals set it");
        }
        return value;
    }

    private static String oneOf(Map<String, String> env, String name, String... allowed) {
        String value = text(env, name);
        if (!java.util.List.of(allowed).contains(value)) {
            throw new IllegalArgumentException("The environment variable %s must be one of %s but is '%s'"
                    .formatted(name, String.join(", ", allowed), value));
        }
        return value;
    }

    private static double number(Map<String, String> env, String name, double least, double most) {
        String value = text(env, name);
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, with the range.
        }
        throw new IllegalArgumentException("The environment variable %s must be a number from %s to %s but is '%s'"
                .formatted(name, least, most, value));
    }

    private static int whole(Map<String, String> env, String name, int least, int most) {
        double number = number(env, name, least, most);
        if (number != Math.rint(number)) {
            throw new IllegalArgumentException(
                    "The environment variable %s must be a whole number from %s to %s but is '%s'"
                            .formatted(name, least, most, env.get(name)));
        }
        return (int) number;
    }

    private static Duration duration(Map<String, String> env, String name) {
        String value = text(env, name);
        try {
            Duration duration = Duration.parse(value);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (java.time.format.DateTimeParseException e) {
            // Told below, with an example.
        }
        throw new IllegalArgumentException(
                "The environment variable %s must be a duration such as PT2H or P30D but is '%s'"
                        .formatted(name, value));
    }
}
