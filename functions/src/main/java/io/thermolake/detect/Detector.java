package io.thermolake.detect;

/** Judges a series' values one after the other, each by itself and those before it. */
public interface Detector {
    /** @param second since 1970; duplicates and backward times are allowed, and count as the latest so far */
    Verdict next(long second, double value);
}
