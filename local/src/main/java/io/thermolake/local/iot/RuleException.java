package io.thermolake.local.iot;

/** A topic rule that this cloud cannot run, with the reason: told when the rule is read, never for a message. */
public final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RuleException(String message) {
        super(message);
    }
}
