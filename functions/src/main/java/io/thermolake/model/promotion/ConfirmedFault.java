package io.thermolake.model.promotion;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time of which somebody has said that something was wrong in it.
 *
 * @param from its first moment
 * @param to its last
 * @param note what it was, in words, or null
 * @param confirmedAt when it was said
 */
public record ConfirmedFault(
        Instant from, Instant to, @Nullable String note, Instant confirmedAt) {
    public ConfirmedFault {
        requireNonNull(from, "fault.from is null");
        requireNonNull(to, "fault.to is null");
        requireNonNull(confirmedAt, "fault.confirmedAt is null");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a fault from %s cannot end at %s".formatted(from, to));
        }
    }

    boolean holds(long second) {
        return second >= from.getEpochSecond() && second <= to.getEpochSecond();
    }
}
