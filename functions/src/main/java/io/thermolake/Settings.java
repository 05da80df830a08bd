package io.thermolake;

import static io.thermolake.SettingVariables.*;

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
 * @param embedded whether forests are trained and asked in the functions, instead of by SageMaker
 * @param thresholdByDeviations whether a forest's limit is made of {@code thresholdDeviations}, instead of by the alarm budget
 * @param thresholdDeviations a forest's limit lies this many standard deviations above its training scores' mean
 * @param alarmBudget false alarms a sensor and month
 * @param coolDown an alarm within this time after an episode's last anomaly belongs to that episode
 * @param trainingWindow how far back from the days that are held back a model learns
 * @param holdBack the last days before now, which no model learns from: what is wrong in them is no habit yet
 * @param modelMaxAge a forest older than this is trained anew
 * @param minTrainingDays a room with readings on fewer days of its window gets no model
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
        boolean embedded,
        boolean thresholdByDeviations,
        double thresholdDeviations,
        double alarmBudget,
        Duration coolDown,
        Duration trainingWindow,
        Duration holdBack,
        Duration modelMaxAge,
        int minTrainingDays,
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
    public static Settings from(Map<String, String> environment) {
        return new Settings(
                STACK_NAME.in(environment),
                BUCKET.in(environment),
                DATABASE.in(environment),
                WORKGROUP.in(environment),
                HISTORY_CRAWLER.in(environment),
                DATABASE_CRAWLER.in(environment),
                RAW_CRAWLER.in(environment),
                ROOM_JOB.in(environment),
                TOPIC_ARN.in(environment),
                PIPELINE_ARN.in(environment),
                SAGEMAKER_ROLE_ARN.in(environment),
                KMS_KEY_ARN.in(environment),
                RCF_IMAGE.in(environment),
                TRAINING_INSTANCE_TYPE.in(environment),
                ENDPOINT_INSTANCE_TYPE.in(environment),
                ENDPOINT_MODE.in(environment).equals("keep"),
                NUM_TREES.in(environment),
                NUM_SAMPLES_PER_TREE.in(environment),
                DETECTOR.in(environment).equals("embedded"),
                THRESHOLD_METHOD.in(environment).equals("deviations"),
                THRESHOLD_DEVIATIONS.in(environment),
                ALARM_BUDGET.in(environment),
                COOL_DOWN.in(environment),
                TRAINING_WINDOW.in(environment),
                HOLD_BACK.in(environment),
                MODEL_MAX_AGE.in(environment),
                MIN_TRAINING_DAYS.in(environment),
                DATABASE_EVERY.in(environment),
                DATABASE_OVERLAP.in(environment),
                MAX_QUARANTINE_RATIO.in(environment),
                CRAWL_TIMEOUT.in(environment),
                JOB_TIMEOUT.in(environment),
                TRAINING_TIMEOUT.in(environment));
    }
}
