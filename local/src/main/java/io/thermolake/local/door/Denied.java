package io.thermolake.local.door;

/** A request that is turned away; its message is for the one who sent it. */
final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Denial why;

    Denied(Denial why, String message) {
        // Strangers may cause many of them: without their stacks.
        super(message, null, false, false);
        this.why = why;
    }

    Denial why() {
        return why;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
