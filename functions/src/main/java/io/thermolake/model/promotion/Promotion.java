package io.thermolake.model.promotion;

import io.thermolake.model.CurrentModel;
import org.jspecify.annotations.Nullable;

/**
 * Whether a trained version becomes the one in use.
 *
 * @param write whether {@code current.json} is to be written
 * @param promoted whether, after that, it is this run, or this person, that put the version in use
 * @param reason in words
 */
public record Promotion(boolean write, boolean promoted, String reason) {
    private static final int TIME_LENGTH = "yyyyMMddTHHmmssZ".length();

    /**
     * By a run.
     *
     * @param current what is in use, or null
     */
    public static Promotion of(@Nullable CurrentModel current, String version, String runId) {
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
        if (current.byHand() && current.wasInUse(version)) {
            // A redrive of the run that trained it must not undo a rollback.
            return new Promotion(
                    false,
                    false,
                    "it was in use before, and %s was put in its place by hand".formatted(current.version()));
        }
        return new Promotion(true, true, "follows " + current.version());
    }

    /** By hand: whatever was decided by rule. @param current what is in use, or null */
    public static Promotion byHand(@Nullable CurrentModel current, String version) {
        return current != null && current.version().equals(version)
                ? new Promotion(false, false, "in use already")
                : new Promotion(true, true, "by hand");
    }

    private static String time(String version) {
        return version.substring(0, Math.min(TIME_LENGTH, version.length()));
    }
}
