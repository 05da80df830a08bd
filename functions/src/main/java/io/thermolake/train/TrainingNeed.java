package io.thermolake.train;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a room gets a new forest, and why.
 *
 * @param needed whether to train, as far as is known
 * @param reason in words that stand in a run's report
 */
public record TrainingNeed(boolean needed, String reason) {

    /**
     * By the age of the model in use. Asked first: a fresh model costs no look at the readings.
     *
     * @param current how the model in use was made, or null
     * @param trainer that would train now
     * @param forced the run's {@code force}
     */
    public static TrainingNeed byAge(
            @Nullable Recipe current, Instant now, Duration maxAge, Trainer trainer, boolean forced) {
        if (current == null) {
            return new TrainingNeed(true, "no model yet");
        }
        // One that fell back stays in use until it is old: a new one each night would score everything anew each night.
        if (current.trainer() != trainer && !(trainer == Trainer.SAGEMAKER && current.fallback() != null)) {
            return new TrainingNeed(
                    true, "the model in use is of the detector %s, not %s".formatted(current.trainer(), trainer));
        }
        Duration age = Duration.between(current.trainedAt(), now);
        if (forced) {
            return new TrainingNeed(true, "forced");
        }
        if (age.compareTo(maxAge) > 0) {
            return new TrainingNeed(
                    true, "the model in use is %s old, older than %s".formatted(words(age), words(maxAge)));
        }
        return new TrainingNeed(
                false,
                "the model in use is %s old; a new one is due after %s"
                        .formatted(words(age.isNegative() ? Duration.ZERO : age), words(maxAge)));
    }

    /** By what there is to learn from. */
    public TrainingNeed given(int days, int least) {
        if (needed && days < least) {
            return new TrainingNeed(
                    false, "too little data: readings on %d days to learn from, %d needed".formatted(days, least));
        }
        return this;
    }

    private static String words(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days";
        }
        return duration.toHours() >= 2 ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
    }
}
