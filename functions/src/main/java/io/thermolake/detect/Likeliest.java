package io.thermolake.detect;

/**
 * Of all that may be wrong with a value, what to tell: of what is beyond its limit the most particular, in the order of
 * {@link Cause.Kind}, since a value that jumped is far from every day, too; else what is nearest to its limit.
 */
final class Likeliest {
    private double ratio;
    private double told;
    private Cause cause = Cause.SILENT;

    /** @param of how far it is away to how far is allowed; not a number where nobody knows */
    void see(double of, Cause by) {
        ratio = of > ratio ? of : ratio;
        int order = by.kind().compareTo(cause.kind());
        boolean better = of > 1 && told > 1 && order != 0 ? order < 0 : of > told;
        if (better) {
            told = of;
            cause = by;
        }
    }

    double ratio() {
        return ratio;
    }

    Cause cause() {
        return cause;
    }
}
