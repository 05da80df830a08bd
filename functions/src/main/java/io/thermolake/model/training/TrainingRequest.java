package io.thermolake.model.training;

import static java.util.Objects.requireNonNull;

import io.thermolake.Settings;
import io.thermolake.lake.LakeLayout;
import io.thermolake.model.Recipe;
import io.thermolake.model.SageMakerNames;
import io.thermolake.run.Run;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sagemaker.model.Channel;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.S3DataDistribution;
import software.amazon.awssdk.services.sagemaker.model.S3DataType;
import software.amazon.awssdk.services.sagemaker.model.Tag;
import software.amazon.awssdk.services.sagemaker.model.TrainingInputMode;

/**
 * What one version of one room is trained by.
 *
 * @param name follows from the others, so that a repeated start attaches
 */
public record TrainingRequest(String name, Recipe recipe, Run run) {
    /** GB; the smallest that SageMaker recommends for the algorithm holds hundreds of millions of readings. */
    private static final int VOLUME_GB = 5;

    public TrainingRequest {
        requireNonNull(name, "name is null");
    }

    /** @param attempt from 0, of one recipe in one run */
    public static TrainingRequest of(Run run, Recipe recipe, int attempt) {
        return new TrainingRequest(
                SageMakerNames.trainingJob(run.id(), recipe.room(), recipe.version(), attempt), recipe, run);
    }

    /** As SageMaker takes it. */
    public CreateTrainingJobRequest request(Settings settings) {
        return CreateTrainingJobRequest.builder()
                .trainingJobName(name)
                .roleArn(settings.sageMaker().roleArn())
                .algorithmSpecification(
                        a -> a.trainingImage(settings.sageMaker().rcfImage()).trainingInputMode(TrainingInputMode.FILE))
                .hyperParameters(recipe.forest().hyperparameters())
                .inputDataConfig(channel(settings))
                .outputDataConfig(o -> o.s3OutputPath(uri(settings, LakeLayout.model(recipe.room(), recipe.version())))
                        .kmsKeyId(settings.stack().keyArn()))
                .resourceConfig(r -> r.instanceType(settings.sageMaker().trainingInstanceType())
                        .instanceCount(1)
                        .volumeSizeInGB(VOLUME_GB)
                        .volumeKmsKeyId(volumeKey(settings)))
                .stoppingCondition(s -> s.maxRuntimeInSeconds(
                        (int) Math.max(1, settings.sageMaker().timeout().toSeconds())))
                .tags(tag("thermolake:run", run.id()), tag("thermolake:room", recipe.room()))
                .build();
    }

    private static @Nullable String volumeKey(Settings settings) {
        return InstanceVolume.takesKey(settings.sageMaker().trainingInstanceType())
                ? settings.stack().keyArn()
                : null;
    }

    private Channel channel(Settings settings) {
        String features = LakeLayout.trainingFeatures(recipe.room(), recipe.version());
        return Channel.builder()
                .channelName("train")
                // The algorithm takes the first column for a label unless it is told that there is none.
                .contentType("text/csv;label_size=0")
                .dataSource(d -> d.s3DataSource(s -> s.s3DataType(S3DataType.S3_PREFIX)
                        .s3Uri(uri(settings, features.substring(0, features.lastIndexOf('/') + 1)))
                        .s3DataDistributionType(S3DataDistribution.SHARDED_BY_S3_KEY)))
                .build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static String uri(Settings settings, String key) {
        return "s3://" + settings.lake().bucket() + "/" + key;
    }
}
