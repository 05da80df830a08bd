package io.thermolake.local.cli;

/** What a person typed, or the state of the machine, does not allow the command: printed as one sentence, exit code 2. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
