package io.thermolake.local.iot;

/** A message's payload is no JSON object, and the rule needs one. */
final class PayloadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PayloadException(String message) {
        super(message);
    }
}
