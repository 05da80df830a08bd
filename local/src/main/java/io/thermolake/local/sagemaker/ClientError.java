package io.thermolake.local.sagemaker;

/** What the algorithm's user did wrong. As SageMaker does, the message becomes a FailureReason after "ClientError: ". */
final class ClientError extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClientError(String message) {
        super(message);
    }
}
