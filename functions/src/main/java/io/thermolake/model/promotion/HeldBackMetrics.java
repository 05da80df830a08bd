package io.thermolake.model.promotion;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model does on days that it has not learned from.
 *
 * @param from the first of their readings
 * @param to the last
 * @param alarms on the days as they are, ≥ 0; a real fault in them is one of them
 * @param faults that were injected, each alone
 * @param found of them by their deadline
 * @param missed by kind
 */
public record HeldBackMetrics(
        Instant from, Instant to, int alarms, int faults, int found, SortedMap<FaultKind, Integer> missed) {
    private static final double MONTH_DAYS = 30;

    public HeldBackMetrics {
        requireNonNull(from, "heldBack.from is null");
        requireNonNull(to, "heldBack.to is null");
        if (to.isBefore(from) || alarms < 0 || found < 0 || found > faults) {
            throw new IllegalArgumentException("from %s to %s there cannot be %d alarms, and %d of %d faults found"
                    .formatted(from, to, alarms, found, faults));
        }
        missed = Collections.unmodifiableSortedMap(new TreeMap<>(missed));
    }

    HeldBackMetrics(Instant from, Instant to, int alarms, int faults, int found, Map<FaultKind, Integer> missed) {
        this(from, to, alarms, faults, found, (SortedMap<FaultKind, Integer>) new TreeMap<>(missed));
    }

    public double days() {
        return Duration.between(from, to).toSeconds() / 86_400.0;
    }

    /** The share of the injected faults that were found in time; 1 where none could be injected. */
    public double recall() {
        return faults == 0 ? 1 : (double) found / faults;
    }

    public double alarmsASensorMonth() {
        return days() == 0 ? 0 : alarms * MONTH_DAYS / days();
    }

    /** {@code 1 alarm in 7.0 days and 22 of 24 injected faults found}. */
    public String words() {
        return "%d %s in %.1f days and %d of %d injected faults found"
                .formatted(alarms, alarms == 1 ? "alarm" : "alarms", days(), found, faults);
    }
}
