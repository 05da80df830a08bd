package io.thermolake.local.sagemaker;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training job as it is kept.
 *
 * @param channels its input
 * @param outputPath s3:// URI; the artifact lies under {@code <job>/output/} of it
 * @param outputKey what encrypts the artifact on AWS, null for S3's own
 * @param volumeKey what encrypts the volume on AWS
 * @param status InProgress, Completed, Failed, Stopping or Stopped
 * @param secondary what it is at, e.g. Downloading
 * @param failureReason of a failed one
 * @param ended null while it runs
 */
record TrainingJob(
        String name,
        String arn,
        String image,
        String roleArn,
        Map<String, String> hyperParameters,
        List<Channel> channels,
        String outputPath,
        @Nullable String outputKey,
        String instanceType,
        int instanceCount,
        int volumeGb,
        @Nullable String volumeKey,
        int maxSeconds,
        Instant created,
        String status,
        String secondary,
        @Nullable String failureReason,
        @Nullable Instant ended) {
    /** @param distribution ShardedByS3Key or FullyReplicated */
    record Channel(String name, String contentType, String s3Uri, String dataType, String distribution) {}

    boolean isRunning() {
        return status.equals("InProgress") || status.equals("Stopping");
    }

    /** Where its model is, or will be. */
    String artifact() {
        String path = outputPath.endsWith("/") ? outputPath : outputPath + "/";
        return path + name + "/output/model.tar.gz";
    }

    TrainingJob at(String step) {
        return with(status, step, null, null);
    }

    TrainingJob stopping() {
        return with("Stopping", "Stopping", null, null);
    }

    TrainingJob ended(String end, @Nullable String reason, Instant at) {
        return with(end, end, reason, at);
    }

    private TrainingJob with(String newStatus, String step, @Nullable String reason, @Nullable Instant at) {
        return new TrainingJob(
                name,
                arn,
                image,
                roleArn,
                hyperParameters,
                channels,
                outputPath,
                outputKey,
                instanceType,
                instanceCount,
                volumeGb,
                volumeKey,
                maxSeconds,
                created,
                newStatus,
                step,
                reason,
                at);
    }
}
