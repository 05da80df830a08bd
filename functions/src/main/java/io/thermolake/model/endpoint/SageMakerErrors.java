package io.thermolake.model.endpoint;

import java.util.Locale;
import software.amazon.awssdk.services.sagemaker.model.ResourceInUseException;
import software.amazon.awssdk.services.sagemaker.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

/**
 * Two answers that SageMaker has no exception of its own for: models, endpoint configurations and endpoints that are
 * missing or exist already are a ValidationException, to be told apart by its words alone ("Could not find endpoint …",
 * "Cannot create already existing endpoint …").
 */
public final class SageMakerErrors {
    private static final String VALIDATION = "ValidationException";

    private SageMakerErrors() {}

    public static boolean missing(SageMakerException e) {
        return e instanceof ResourceNotFoundException || (validation(e) && says(e, "could not find"));
    }

    static boolean exists(SageMakerException e) {
        return e instanceof ResourceInUseException || (validation(e) && says(e, "already existing"));
    }

    static boolean validation(SageMakerException e) {
        return e.awsErrorDetails() != null
                && VALIDATION.equals(e.awsErrorDetails().errorCode());
    }

    private static boolean says(SageMakerException e, String words) {
        String message = e.awsErrorDetails().errorMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains(words);
    }
}
