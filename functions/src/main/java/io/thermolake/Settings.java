package io.thermolake;

import static io.thermolake.SettingVariables.*;

import java.time.Duration;
import java.util.Map;

/**
 * The one environment that all functions share, read once and checked whole. The template's {@code Globals} set it; a
 * missing or bad variable fails the function's start with the variable's name.
 */
public record Settings(
        Stack stack,
        Lake lake,
        Crawlers crawlers,
        Jobs jobs,
        SageMaker sageMaker,
        ForestSettings forest,
        Detection detection) {

    /**
     * What the functions are part of.
     *
     * @param name the stack's: what its metrics carry
     * @param topicArn where failures are told
     * @param pipelineArn the machine that history's arrival and a skipped start's follow-up start
     * @param keyArn encrypts the lake, and what SageMaker makes of it
     */
    public record Stack(String name, String topicArn, String pipelineArn, String keyArn) {
        private static Stack from(Map<String, String> environment) {
            return new Stack(
                    STACK_NAME.in(environment),
                    TOPIC_ARN.in(environment),
                    PIPELINE_ARN.in(environment),
                    KMS_KEY_ARN.in(environment));
        }
    }

    /**
     * Where readings lie and are asked for.
     *
     * @param bucket the lake's bucket
     * @param database the Glue database
     * @param workgroup the Athena workgroup
     * @param maxQuarantineRatio a run with a greater share of bad records fails before the commit, 0 to 1
     */
    public record Lake(String bucket, String database, String workgroup, double maxQuarantineRatio) {
        private static Lake from(Map<String, String> environment) {
            return new Lake(
                    BUCKET.in(environment),
                    DATABASE.in(environment),
                    WORKGROUP.in(environment),
                    MAX_QUARANTINE_RATIO.in(environment));
        }
    }

    /**
     * Glue's crawlers, by their names.
     *
     * @param history of raw/history/
     * @param database of the external database, empty where there is none
     * @param raw of the raw zone
     * @param timeout how long a crawl may take
     */
    public record Crawlers(String history, String database, String raw, Duration timeout) {
        private static Crawlers from(Map<String, String> environment) {
            return new Crawlers(
                    HISTORY_CRAWLER.in(environment),
                    DATABASE_CRAWLER.in(environment),
                    RAW_CRAWLER.in(environment),
                    CRAWL_TIMEOUT.in(environment));
        }
    }

    /**
     * Glue's jobs.
     *
     * @param room the name of the one that fills the lake
     * @param timeout how long a job run may take
     * @param databaseEvery how often the database is imported
     * @param databaseOverlap how far behind the high-water mark an import starts
     */
    public record Jobs(String room, Duration timeout, Duration databaseEvery, Duration databaseOverlap) {
        private static Jobs from(Map<String, String> environment) {
            return new Jobs(
                    ROOM_JOB.in(environment),
                    JOB_TIMEOUT.in(environment),
                    DATABASE_EVERY.in(environment),
                    DATABASE_OVERLAP.in(environment));
        }
    }

    /**
     * What SageMaker trains and serves with.
     *
     * @param roleArn passed to training jobs and models
     * @param rcfImage the Random Cut Forest image of the region
     * @param trainingInstanceType for example ml.m5.large
     * @param endpointInstanceType for example ml.t2.medium
     * @param keepEndpoint whether the endpoint outlives the run
     * @param timeout how long a training job or an endpoint's start may take
     */
    public record SageMaker(
            String roleArn,
            String rcfImage,
            String trainingInstanceType,
            String endpointInstanceType,
            boolean keepEndpoint,
            Duration timeout) {
        private static SageMaker from(Map<String, String> environment) {
            return new SageMaker(
                    SAGEMAKER_ROLE_ARN.in(environment),
                    RCF_IMAGE.in(environment),
                    TRAINING_INSTANCE_TYPE.in(environment),
                    ENDPOINT_INSTANCE_TYPE.in(environment),
                    ENDPOINT_MODE.in(environment).equals("keep"),
                    TRAINING_TIMEOUT.in(environment));
        }
    }

    /**
     * How a room's forest and its limit are made.
     *
     * @param embedded whether forests are trained and asked in the functions, instead of by SageMaker
     * @param numTrees trees a forest, 50 to 1000
     * @param numSamplesPerTree samples a tree, 1 to 2048; 1/n is about the share of anomalies
     * @param thresholdByDeviations whether a forest's limit is made of {@code thresholdDeviations}, instead of by the alarm budget
     * @param thresholdDeviations a forest's limit lies this many standard deviations above its training scores' mean
     */
    public record ForestSettings(
            boolean embedded,
            int numTrees,
            int numSamplesPerTree,
            boolean thresholdByDeviations,
            double thresholdDeviations) {
        private static ForestSettings from(Map<String, String> environment) {
            return new ForestSettings(
                    DETECTOR.in(environment).equals("embedded"),
                    NUM_TREES.in(environment),
                    NUM_SAMPLES_PER_TREE.in(environment),
                    THRESHOLD_METHOD.in(environment).equals("deviations"),
                    THRESHOLD_DEVIATIONS.in(environment));
        }
    }

    /**
     * What a room's model learns from, and when its readings alarm.
     *
     * @param alarmBudget false alarms a sensor and month
     * @param coolDown an alarm within this time after an episode's last anomaly belongs to that episode
     * @param trainingWindow how far back from the days that are held back a model learns
     * @param holdBack the last days before now, which no model learns from: what is wrong in them is no habit yet
     * @param modelMaxAge a forest older than this is trained anew
     * @param minTrainingDays a room with readings on fewer days of its window gets no model
     */
    public record Detection(
            double alarmBudget,
            Duration coolDown,
            Duration trainingWindow,
            Duration holdBack,
            Duration modelMaxAge,
            int minTrainingDays) {
        private static Detection from(Map<String, String> environment) {
            return new Detection(
                    ALARM_BUDGET.in(environment),
                    COOL_DOWN.in(environment),
                    TRAINING_WINDOW.in(environment),
                    HOLD_BACK.in(environment),
                    MODEL_MAX_AGE.in(environment),
                    MIN_TRAINING_DAYS.in(environment));
        }
    }

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException naming the variable that is missing or cannot be read, and what it may be
     */
    public static Settings from(Map<String, String> environment) {
        return new Settings(
                Stack.from(environment),
                Lake.from(environment),
                Crawlers.from(environment),
                Jobs.from(environment),
                SageMaker.from(environment),
                ForestSettings.from(environment),
                Detection.from(environment));
    }
}
