package io.thermolake.train;

import org.jspecify.annotations.Nullable;

/**
 * Whether a trained version becomes the one in use.
 *
 * @param write whether {@code current.json} is to be written
 * @param promoted whether, after that, it is this run that put the version in use
 * @param reason in words
 */
record Promotion(boolean write, boolean promoted, String reason) {
    private static final int TIME_LENGTH = "yyyyMMddTHHmmssZ".length();

    /** @param current what is in use, or null */
    static Promotion of(@Nullable CurrentModel current, String version, String runId) {
        if (current == null) {
            return new Promotion(true, true, "the room's first model");
        }
        if (current.version().equals(version)) {
            return current.promotedBy().equals(runId)
                    ? new Promotion(false, true, "promoted by this run already")
                    : new Promotion(false, false, "in use already");
        }
        if (time(current.version()).compareTo(time(version)) > 0) {
            return new Promotion(false, false, "the model in use, %s, is newer".formatted(current.version()));
        }
        return new Promotion(true, true, "follows " + current.version());
    }

    private static String time(String version) {
        return version.substring(0, Math.min(TIME_LENGTH, version.length()));
    }
}
