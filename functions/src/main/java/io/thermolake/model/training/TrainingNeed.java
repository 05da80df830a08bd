package io.thermolake.model.training;

import io.thermolake.model.Recipe;
import io.thermolake.model.Trainer;
import io.thermolake.model.promotion.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a room gets a new forest, and why.
 *
 * @param needed whether to train, as far as is known
 * @param reason in words that stand in a run's report
 */
public record TrainingNeed(boolean needed, String reason) {
    private static final Duration WAIT = Duration.ofDays(1);

    /** The same of a model that a run put in use. */
    public static TrainingNeed byAge(
            @Nullable Recipe current, Instant now, Duration maxAge, Trainer trainer, boolean forced) {
        return byAge(current, null, now, maxAge, trainer, forced);
    }

    /**
     * By the age of the model in use. Asked first: a fresh model costs no look at the readings.
     *
     * @param current how the model in use was made, or null
     * @param since when it came into use, if a person decided that; null if a run did. From then on it counts as new
     * @param trainer that would train now
     * @param forced the run's {@code force}
     */
    public static TrainingNeed byAge(
            @Nullable Recipe current,
            @Nullable Instant since,
            Instant now,
            Duration maxAge,
            Trainer trainer,
            boolean forced) {
        if (current == null) {
            return new TrainingNeed(true, "no model yet");
        }
        // One that fell back stays in use until it is old: a new one each night would score everything anew each night.
        if (current.forest().trainer() != trainer
                && !(trainer == Trainer.SAGEMAKER && current.forest().fallback() != null)) {
            return new TrainingNeed(
                    true,
                    "the model in use is of the detector %s, not %s"
                            .formatted(current.forest().trainer(), trainer));
        }
        Duration age = Duration.between(
                since == null || since.isBefore(current.trainedAt()) ? current.trainedAt() : since, now);
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

    /** By drift, which makes a model old before its time. @param drift in words, empty where there is none */
    public TrainingNeed orBy(Optional<String> drift) {
        return needed ? this : drift.map(words -> new TrainingNeed(true, words)).orElse(this);
    }

    /**
     * By the last version that was trained and not put in use: the next one learns from hardly other readings, and would not be
     * either. So it waits a day, unless it is forced.
     *
     * @param last or null
     */
    public TrainingNeed unlessRejected(@Nullable Rejection last, Instant now, boolean forced) {
        if (!needed || forced || last == null || !now.isBefore(last.at().plus(WAIT))) {
            return this;
        }
        return new TrainingNeed(
                false,
                "%s, but %s was not put in use (%s); the next one is trained from %s on"
                        .formatted(
                                reason, last.version(), last.reason(), last.at().plus(WAIT)));
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
