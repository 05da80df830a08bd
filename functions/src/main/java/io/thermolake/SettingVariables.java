package io.thermolake;

import java.time.Duration;

/** The variables that {@link Settings} are read from, named as the template's {@code Globals} name them. */
final class SettingVariables {
    /** A model's features take nine days to know a room, and its limits need at least one more. */
    private static final int LEAST_TRAINING_DAYS = 11;

    /** A crawl, a job's start and a training take minutes before they do anything. */
    private static final Duration LEAST_WORK = Duration.ofMinutes(5);

    static final Variable<String> STACK_NAME = Variable.text("STACK_NAME");
    static final Variable<String> BUCKET = Variable.text("BUCKET");
    static final Variable<String> DATABASE = Variable.text("DATABASE");
    static final Variable<String> WORKGROUP = Variable.text("WORKGROUP");
    static final Variable<String> HISTORY_CRAWLER = Variable.text("HISTORY_CRAWLER");
    static final Variable<String> DATABASE_CRAWLER = Variable.optional("DATABASE_CRAWLER");
    static final Variable<String> RAW_CRAWLER = Variable.text("RAW_CRAWLER");
    static final Variable<String> ROOM_JOB = Variable.text("ROOM_JOB");
    static final Variable<String> TOPIC_ARN = Variable.text("TOPIC_ARN");
    static final Variable<String> PIPELINE_ARN = Variable.text("PIPELINE_ARN");
    static final Variable<String> SAGEMAKER_ROLE_ARN = Variable.text("SAGEMAKER_ROLE_ARN");
    static final Variable<String> KMS_KEY_ARN = Variable.text("KMS_KEY_ARN");
    static final Variable<String> RCF_IMAGE = Variable.text("RCF_IMAGE");
    static final Variable<String> TRAINING_INSTANCE_TYPE = Variable.text("TRAINING_INSTANCE_TYPE");
    static final Variable<String> ENDPOINT_INSTANCE_TYPE = Variable.text("ENDPOINT_INSTANCE_TYPE");
    static final Variable<String> ENDPOINT_MODE = Variable.oneOf("ENDPOINT_MODE", "per-run", "keep");
    static final Variable<Integer> NUM_TREES = Variable.whole("NUM_TREES", 50, 1000);
    static final Variable<Integer> NUM_SAMPLES_PER_TREE = Variable.whole("NUM_SAMPLES_PER_TREE", 1, 2048);
    static final Variable<String> DETECTOR = Variable.oneOf("DETECTOR", "sagemaker", "embedded");
    static final Variable<String> THRESHOLD_METHOD = Variable.oneOf("THRESHOLD_METHOD", "alarm-budget", "deviations");
    static final Variable<Double> THRESHOLD_DEVIATIONS = Variable.number("THRESHOLD_DEVIATIONS", 0, 100);
    static final Variable<Double> ALARM_BUDGET = Variable.number("ALARM_BUDGET", 0.01, 100);
    static final Variable<Duration> COOL_DOWN = Variable.duration("COOL_DOWN");
    static final Variable<Duration> TRAINING_WINDOW = Variable.duration("TRAINING_WINDOW");
    static final Variable<Duration> HOLD_BACK = Variable.duration("HOLD_BACK");
    static final Variable<Duration> MODEL_MAX_AGE = Variable.duration("MODEL_MAX_AGE");
    static final Variable<Integer> MIN_TRAINING_DAYS = Variable.whole("MIN_TRAINING_DAYS", LEAST_TRAINING_DAYS, 365);
    static final Variable<Duration> DATABASE_EVERY = Variable.duration("DATABASE_EVERY", LEAST_WORK);
    static final Variable<Duration> DATABASE_OVERLAP = Variable.duration("DATABASE_OVERLAP");
    static final Variable<Double> MAX_QUARANTINE_RATIO = Variable.number("MAX_QUARANTINE_RATIO", 0, 1);
    static final Variable<Duration> CRAWL_TIMEOUT = Variable.duration("CRAWL_TIMEOUT", LEAST_WORK);
    static final Variable<Duration> JOB_TIMEOUT = Variable.duration("JOB_TIMEOUT", LEAST_WORK);
    static final Variable<Duration> TRAINING_TIMEOUT = Variable.duration("TRAINING_TIMEOUT", LEAST_WORK);

    private SettingVariables() {}
}
