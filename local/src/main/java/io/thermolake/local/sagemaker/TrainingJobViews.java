package io.thermolake.local.sagemaker;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.sagemaker.model.Channel;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.TrainingJobSummary;

/** Training jobs as SageMaker shows them. */
final class TrainingJobViews {
    private TrainingJobViews() {}

    static DescribeTrainingJobResponse describe(TrainingJob job, Instant now) {
        Instant end = job.ended() == null ? now : job.ended();
        int seconds = (int) Math.max(1, Duration.between(job.created(), end).toSeconds());
        DescribeTrainingJobResponse.Builder view = DescribeTrainingJobResponse.builder()
                .trainingJobName(job.name())
                .trainingJobArn(job.arn())
                .trainingJobStatus(job.status())
                .secondaryStatus(job.secondary())
                .failureReason(job.failureReason())
                .hyperParameters(job.hyperParameters())
                .algorithmSpecification(a -> a.trainingImage(job.image()).trainingInputMode("File"))
                .roleArn(job.roleArn())
                .inputDataConfig(
                        job.channels().stream().map(TrainingJobViews::channel).toList())
                .outputDataConfig(o -> o.s3OutputPath(job.outputPath()).kmsKeyId(job.outputKey()))
                .resourceConfig(r -> r.instanceType(job.instanceType())
                        .instanceCount(job.instanceCount())
                        .volumeSizeInGB(job.volumeGb())
                        .volumeKmsKeyId(job.volumeKey()))
                .stoppingCondition(s -> s.maxRuntimeInSeconds(job.maxSeconds()))
                .creationTime(job.created())
                .trainingStartTime(job.created())
                .trainingEndTime(job.ended())
                .lastModifiedTime(end)
                .trainingTimeInSeconds(seconds)
                .billableTimeInSeconds(seconds);
        if (job.status().equals("Completed")) {
            view.modelArtifacts(m -> m.s3ModelArtifacts(job.artifact()));
        }
        return view.build();
    }

    private static Channel channel(TrainingJob.Channel channel) {
        return Channel.builder()
                .channelName(channel.name())
                .contentType(channel.contentType())
                .dataSource(d -> d.s3DataSource(s -> s.s3Uri(channel.s3Uri())
                        .s3DataType(channel.dataType())
                        .s3DataDistributionType(channel.distribution())))
                .build();
    }

    static TrainingJobSummary summary(TrainingJob job) {
        return TrainingJobSummary.builder()
                .trainingJobName(job.name())
                .trainingJobArn(job.arn())
                .trainingJobStatus(job.status())
                .creationTime(job.created())
                .trainingEndTime(job.ended())
                .build();
    }
}
