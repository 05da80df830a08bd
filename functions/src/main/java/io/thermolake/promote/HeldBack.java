package io.thermolake.promote;

import io.thermolake.detect.AlarmGate;
import io.thermolake.detect.Training;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Days that a model has not learned from: how often it alarms on them as they are, and which of the faults that are put into them
 * it finds in time. Two models that are held against one another get the same days and the same faults.
 */
public final class HeldBack {
    /** With eight kinds of them, a fault more or less is a recall of 0.04. */
    static final int FAULTS_OF_A_KIND = 3;

    private final Rows days;
    private final List<Faulted> faulted;
    private final Duration coolDown;

    /**
     * @param before the days before, as long as there are
     * @param days at least one reading
     * @param seed of the faults
     * @param coolDown alarms closer to one another are one
     */
    public HeldBack(Rows before, Rows days, long seed, Duration coolDown) {
        this.days = days;
        this.faulted = new SeededFaults(before, days, seed).all(FAULTS_OF_A_KIND);
        this.coolDown = coolDown;
    }

    public HeldBackMetrics judged(Judge judge) {
        List<Long> usual = seen(judge, days);
        Map<FaultKind, Integer> missed = new TreeMap<>();
        int found = 0;
        for (Faulted copy : faulted) {
            // What the days have by themselves is not found because of the fault.
            List<Long> seen = new ArrayList<>(seen(judge, copy.rows()));
            seen.removeAll(new java.util.HashSet<>(usual));
            Fault fault = copy.fault();
            if (seen.stream().anyMatch(s -> s >= fault.start() && s <= fault.deadline())) {
                found++;
            } else {
                missed.merge(fault.kind(), 1, Integer::sum);
            }
        }
        return new HeldBackMetrics(
                Instant.ofEpochSecond(days.second(0)),
                Instant.ofEpochSecond(days.second(days.size() - 1)),
                alarms(usual),
                faulted.size(),
                found,
                missed);
    }

    private int alarms(List<Long> seen) {
        AlarmGate gate = new AlarmGate(coolDown.toSeconds(), 0);
        int alarms = 0;
        for (long second : seen) {
            alarms += gate.alarm(second, true) ? 1 : 0;
        }
        return alarms;
    }

    /** The seconds of anomalies; while the sensor is silent, those at which a reading should have come. */
    private static List<Long> seen(Judge judge, Rows rows) {
        long interval = Math.max(1, (long) Training.interval(rows.seconds()));
        boolean[] anomalies = judge.anomalies(rows);
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < anomalies.length; i++) {
            for (long at = i == 0 ? rows.second(0) : rows.second(i - 1) + interval;
                    at < rows.second(i);
                    at += interval) {
                if (at - rows.second(i - 1) > judge.allowedGap()) {
                    seen.add(at);
                }
            }
            if (anomalies[i]) {
                seen.add(rows.second(i));
            }
        }
        return seen;
    }
}
