package io.thermolake.model.training;

import io.thermolake.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The whole UTC days that a model learns from. The last days before the present are held back: what went wrong in them a
 * model must find, not learn, and it can be tried on them before it is used.
 *
 * @param last inclusive
 */
public record LearningDays(LocalDate first, LocalDate last) {
    public LearningDays {
        if (first.isAfter(last)) {
            throw new IllegalArgumentException("learning days from %s to %s are none".formatted(first, last));
        }
    }

    public static LearningDays before(Instant now, Settings settings) {
        LocalDate end = now.minus(settings.detection().holdBack())
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
        return new LearningDays(
                end.minusDays(Math.max(1, settings.detection().trainingWindow().toDays())), end.minusDays(1));
    }

    public boolean hold(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /** The first day's first second. */
    Instant begin() {
        return first.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The last day's last second. */
    Instant end() {
        return last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
    }
}
