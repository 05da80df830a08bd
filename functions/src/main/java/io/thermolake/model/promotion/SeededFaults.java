package io.thermolake.model.promotion;

import io.thermolake.detect.Rows;
import io.thermolake.detect.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Copies of a room's right days with one fault each. The same readings and seed make the same faults; those of one kind do not
 * depend on how many others there are.
 */
public final class SeededFaults {
    private static final int TRIES = 20;
    /** A day that is shifted by hours shows in no room that is always the same. */
    private static final double SHOWN_CELSIUS = 1;

    private static final long SHOWN_SECONDS = 3600;

    private final Rows before;
    private final Rows days;
    private final long seed;
    private final double interval;

    /**
     * @param before the days before, from which a shifted day's first hours come
     * @param days to copy, at least one reading
     */
    public SeededFaults(Rows before, Rows days, long seed) {
        if (days.size() == 0) {
            throw new IllegalArgumentException("there are no days to put a fault into");
        }
        this.before = before;
        this.days = days;
        this.seed = seed;
        this.interval = Training.interval(days.seconds());
    }

    /**
     * @param each copies of a kind
     * @return without the kinds for which the days are too short, and those that no place in them shows
     */
    public List<Faulted> all(int each) {
        List<Faulted> all = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            Random random = new Random(seed * 31 + kind.ordinal());
            for (int i = 0; i < each; i++) {
                one(kind, random).ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Faulted> one(FaultKind kind, Random random) {
        Injection injection = new Injection(before.and(days), days.step(), interval);
        for (int i = 0; i < TRIES; i++) {
            Optional<Fault> fault = place(kind, random);
            if (fault.isEmpty()) {
                return Optional.empty();
            }
            Rows faulty = injection.into(days, fault.get(), random.nextLong());
            if (shows(fault.get(), faulty)) {
                return Optional.of(new Faulted(fault.get(), faulty));
            }
        }
        return Optional.empty();
    }

    /** Somewhere in the days, such that its deadline lies in them. */
    private Optional<Fault> place(FaultKind kind, Random random) {
        double size = between(random, kind.leastSize, kind.mostSize);
        boolean down = kind != FaultKind.NOISE && kind != FaultKind.HEATING_OFF && random.nextBoolean();
        long length =
                Math.max((long) Math.ceil(interval), (long) (3600 * between(random, kind.leastHours, kind.mostHours)));
        long deadline = kind.deadline(length, interval);
        long first = days.second(0);
        long room = days.second(days.size() - 1) - deadline - first;
        if (room <= 0) {
            return Optional.empty();
        }
        // A spike needs a reading to happen to, so faults start at one.
        long start = days.second(days.firstFrom(first + (long) (random.nextDouble() * room)));
        return Optional.of(new Fault(kind, start, start + length, start + deadline, down ? -size : size));
    }

    private boolean shows(Fault fault, Rows faulty) {
        if (faulty.size() != days.size()) {
            return true;
        }
        double shown = 0;
        for (int i = days.firstFrom(fault.start()); i < days.size() && days.second(i) <= fault.deadline(); i++) {
            double difference = Math.abs(faulty.value(i) - days.value(i));
            if (fault.kind() == FaultKind.WRONG_HOUR) {
                shown += difference >= SHOWN_CELSIUS ? interval / SHOWN_SECONDS : 0;
            } else if (difference > 0) {
                return true;
            }
        }
        return shown >= 1;
    }

    private static double between(Random random, double least, double most) {
        return least + random.nextDouble() * (most - least);
    }
}
