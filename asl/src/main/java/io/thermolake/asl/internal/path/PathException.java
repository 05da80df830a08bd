package io.thermolake.asl.internal.path;

/** A path or an intrinsic function that cannot be evaluated against the data at hand. */
public final class PathException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, since AWS names the error by it. */
    public enum Kind {
        /** A definite path that leads nowhere. */
        NOT_FOUND,
        /** An intrinsic function refused its arguments: AWS's {@code States.IntrinsicFailure}. */
        INTRINSIC,
        /** A result that cannot be put where ResultPath says. */
        NO_PLACE
    }

    private final Kind kind;

    public PathException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
