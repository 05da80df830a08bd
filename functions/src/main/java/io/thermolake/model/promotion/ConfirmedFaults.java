package io.thermolake.model.promotion;

import io.thermolake.detect.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A room's confirmed faults, {@code models/<room>/faults.json}. A training leaves out what was confirmed and nothing else: what a
 * model only alarmed on stays in, or each model would be narrower than the one before.
 *
 * @param faults in the order of time
 */
public record ConfirmedFaults(List<ConfirmedFault> faults) {
    /** The greatest share of a training's readings that is left out: a room that is wrong for longer is what it is. */
    static final double MOST_SHARE = 0.1;

    /**
     * What a training is left with.
     *
     * @param leftOut readings that were left out
     * @param keptIn readings of confirmed faults that are in it, since they are more than may be left out
     */
    public record Left(Rows rows, int leftOut, int keptIn) {
        /** In words for a run's report; empty where nothing was confirmed. */
        public String words() {
            String out = leftOut == 0 ? "" : "%d readings of confirmed faults left out".formatted(leftOut);
            return keptIn == 0
                    ? out
                    : "%s, %d older ones kept in, since no more than %.0f %% are left out"
                            .formatted(out.isEmpty() ? "none left out" : out, keptIn, MOST_SHARE * 100);
        }
    }

    public ConfirmedFaults {
        faults = faults.stream()
                .sorted(Comparator.comparing(ConfirmedFault::from).thenComparing(ConfirmedFault::to))
                .toList();
    }

    public static ConfirmedFaults none() {
        return new ConfirmedFaults(List.of());
    }

    /** Those of a time, both ends included. */
    public ConfirmedFaults between(Instant from, Instant to) {
        return new ConfirmedFaults(faults.stream()
                .filter(f -> !f.from().isAfter(to) && !f.to().isBefore(from))
                .toList());
    }

    /** With one more; the same time confirmed again has its newer note. */
    public ConfirmedFaults and(ConfirmedFault fault) {
        return new ConfirmedFaults(Stream.concat(
                        faults.stream().filter(f -> !f.from().equals(fault.from()) || !f.to().equals(fault.to())),
                        Stream.of(fault))
                .toList());
    }

    /**
     * The newest are left out first: the oldest leave the window soonest by themselves. Of a fault that is longer than may be left
     * out it is the later part, in which a drift is greatest.
     */
    public Left outOf(Rows training) {
        int most = (int) (MOST_SHARE * training.size());
        boolean[] out = new boolean[training.size()];
        int leftOut = 0;
        int keptIn = 0;
        for (int i = training.size() - 1; i >= 0; i--) {
            if (confirmed(training.second(i))) {
                out[i] = leftOut < most;
                leftOut += out[i] ? 1 : 0;
                keptIn += out[i] ? 0 : 1;
            }
        }
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < out.length; i++) {
            if (!out[i]) {
                rows.add(i);
            }
        }
        return new Left(
                new Rows(
                        rows.stream().mapToLong(training::second).toArray(),
                        rows.stream().mapToDouble(training::value).toArray()),
                leftOut,
                keptIn);
    }

    /** Whether one lies in the time between two readings, or reaches into it. */
    boolean between(long second, long next) {
        return faults.stream().anyMatch(f -> f.from().getEpochSecond() < next && f.to().getEpochSecond() > second);
    }

    private boolean confirmed(long second) {
        return faults.stream().anyMatch(f -> f.holds(second));
    }
}
