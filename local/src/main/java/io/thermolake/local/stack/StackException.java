package io.thermolake.local.stack;

/** A template that the laptop cannot make a stack of; the message begins with the file and the line. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StackException(String file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }
}
