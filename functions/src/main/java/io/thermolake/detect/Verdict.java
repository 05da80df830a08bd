package io.thermolake.detect;

/**
 * What a detector says of one value.
 *
 * @param score 0 to 1; the threshold is {@value #THRESHOLD}
 * @param cause what mostly made the score
 */
public record Verdict(double score, Cause cause) {
    /** A score above it is an anomaly. */
    public static final double THRESHOLD = 0.5;

    /** @param ratio of how far it is away to how far is allowed, ≥ 0 */
    static Verdict of(double ratio, Cause cause) {
        return new Verdict(Double.isInfinite(ratio) ? 1 : ratio / (1 + ratio), cause);
    }

    /** How far it is away to how far is allowed, again. */
    double ratio() {
        return score / (1 - score);
    }

    public boolean anomaly() {
        return score > THRESHOLD;
    }
}
