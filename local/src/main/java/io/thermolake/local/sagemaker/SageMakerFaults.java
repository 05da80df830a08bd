package io.thermolake.local.sagemaker;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sagemaker.model.ResourceInUseException;
import software.amazon.awssdk.services.sagemaker.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

/** SageMaker's errors with its words: models and endpoints that are missing or there already are a ValidationException. */
final class SageMakerFaults {
    private SageMakerFaults() {}

    static SageMakerException validation(String message) {
        return (SageMakerException) SageMakerException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("SageMaker")
                        .errorCode("ValidationException")
                        .errorMessage(message)
                        .build())
                .build();
    }

    /** @param kind for example {@code endpoint configuration} */
    static SageMakerException missing(String kind, String arn) {
        return validation("Could not find %s \"%s\".".formatted(kind, arn));
    }

    static SageMakerException exists(String kind, String arn) {
        return validation("Cannot create already existing %s \"%s\".".formatted(kind, arn));
    }

    static ResourceNotFoundException noTrainingJob() {
        return ResourceNotFoundException.builder()
                .message("Requested resource not found.")
                .build();
    }

    static ResourceInUseException trainingJobExists(String arn) {
        return ResourceInUseException.builder()
                .message("Training job names must be unique within an AWS account and region, and a training job with"
                        + " this name already exists (" + arn + ")")
                .build();
    }
}
