package io.thermolake.local.sagemaker;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sagemaker.model.ContainerDefinition;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.S3DataSource;

/** Create requests, checked as SageMaker checks them at once, and made into what is kept. */
final class Requests {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@/-]+");

    private Requests() {}

    static String name(String member, @Nullable String name) {
        if (name == null || name.length() > 63 || !NAME.matcher(name).matches()) {
            throw SageMakerFaults.validation(
                    ("1 validation error detected: Value '%s' at '%s' failed to satisfy constraint:"
                                    + " Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$ and have"
                                    + " length less than or equal to 63")
                            .formatted(name, member));
        }
        return name;
    }

    private static <T> T need(String member, @Nullable T value) {
        if (value == null) {
            throw SageMakerFaults.validation("1 validation error detected: Value null at '" + member
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    private static String role(@Nullable String arn, String member) {
        String role = need(member, arn);
        if (!ROLE.matcher(role).matches()) {
            throw SageMakerFaults.validation("1 validation error detected: Value '" + role + "' at '" + member
                    + "' failed to satisfy constraint: Member must be the ARN of a role");
        }
        return role;
    }

    /** @throws UnsupportedOperationException for any other algorithm or container: it cannot run here */
    private static String image(@Nullable String image) {
        String given = need("image", image);
        if (!given.toLowerCase(Locale.ROOT).contains("randomcutforest")) {
            throw new UnsupportedOperationException(
                    "The laptop cloud has SageMaker's Random Cut Forest and no container for " + given);
        }
        return given;
    }

    static TrainingJob trainingJob(CreateTrainingJobRequest request, Instant now) {
        String name = name("trainingJobName", request.trainingJobName());
        var algorithm = need("algorithmSpecification", request.algorithmSpecification());
        var resources = need("resourceConfig", request.resourceConfig());
        List<TrainingJob.Channel> channels = request.inputDataConfig().stream()
                .map(c -> {
                    S3DataSource s3 = need(
                            "inputDataConfig.dataSource.s3DataSource",
                            need("inputDataConfig.dataSource", c.dataSource()).s3DataSource());
                    return new TrainingJob.Channel(
                            need("inputDataConfig.channelName", c.channelName()),
                            c.contentType() == null ? "" : c.contentType(),
                            need("inputDataConfig.s3Uri", s3.s3Uri()),
                            s3.s3DataTypeAsString(),
                            s3.s3DataDistributionTypeAsString() == null
                                    ? "FullyReplicated"
                                    : s3.s3DataDistributionTypeAsString());
                })
                .toList();
        if (!"File".equals(algorithm.trainingInputModeAsString())) {
            throw new UnsupportedOperationException(
                    "The laptop cloud trains in the input mode File, not " + algorithm.trainingInputModeAsString());
        }
        return new TrainingJob(
                name,
                Arns.of("training-job", name),
                image(algorithm.trainingImage()),
                role(request.roleArn(), "roleArn"),
                request.hyperParameters(),
                channels,
                need(
                        "outputDataConfig.s3OutputPath",
                        need("outputDataConfig", request.outputDataConfig()).s3OutputPath()),
                request.outputDataConfig().kmsKeyId(),
                need("resourceConfig.instanceType", resources.instanceTypeAsString()),
                need("resourceConfig.instanceCount", resources.instanceCount()),
                need("resourceConfig.volumeSizeInGB", resources.volumeSizeInGB()),
                resources.volumeKmsKeyId(),
                need("stoppingCondition", request.stoppingCondition()).maxRuntimeInSeconds(),
                now,
                "InProgress",
                "Starting",
                null,
                null);
    }

    static Hosted.Model model(CreateModelRequest request, Instant now) {
        String name = name("modelName", request.modelName());
        ContainerDefinition container = need("primaryContainer", request.primaryContainer());
        return new Hosted.Model(
                name,
                Arns.of("model", name),
                role(request.executionRoleArn(), "executionRoleArn"),
                image(container.image()),
                container.modeAsString() == null ? "SingleModel" : container.modeAsString(),
                need("primaryContainer.modelDataUrl", container.modelDataUrl()),
                now);
    }

    static Hosted.Config config(CreateEndpointConfigRequest request, Instant now) {
        String name = name("endpointConfigName", request.endpointConfigName());
        List<Hosted.Variant> variants = request.productionVariants().stream()
                .map(v -> new Hosted.Variant(
                        need("productionVariants.variantName", v.variantName()),
                        need("productionVariants.modelName", v.modelName()),
                        need("productionVariants.instanceType", v.instanceTypeAsString()),
                        v.initialInstanceCount() == null ? 1 : v.initialInstanceCount()))
                .toList();
        if (variants.size() != 1) {
            throw new UnsupportedOperationException(
                    "The laptop cloud has endpoints with one production variant, not " + variants.size());
        }
        return new Hosted.Config(name, Arns.of("endpoint-config", name), variants, now);
    }
}
