package io.thermolake.model.promotion;

import io.thermolake.detect.AlarmGate;
import io.thermolake.detect.Rows;
import io.thermolake.detect.Training;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    public HeldBackMetrics judged(HeldBackJudge judge) {
        List<Long> usual = new ArrayList<>(silent(judge, days));
        boolean[] anomalies = judge.anomalies(days);
        for (int i = 0; i < anomalies.length; i++) {
            if (anomalies[i]) {
                usual.add(days.second(i));
            }
        }
        Collections.sort(usual);
        // What the days have by themselves is not found because of the fault.
        Set<Long> known = Set.copyOf(usual);
        List<FaultKind> missed = faulted.parallelStream()
                .filter(copy -> !finds(judge, copy, known))
                .map(copy -> copy.fault().kind())
                .toList();
        Map<FaultKind, Integer> byKind = new TreeMap<>();
        missed.forEach(kind -> byKind.merge(kind, 1, Integer::sum));
        return new HeldBackMetrics(
                Instant.ofEpochSecond(days.second(0)),
                Instant.ofEpochSecond(days.second(days.size() - 1)),
                alarms(usual),
                faulted.size(),
                faulted.size() - missed.size(),
                byKind);
    }

    private static boolean finds(HeldBackJudge judge, Faulted copy, Set<Long> usual) {
        Fault fault = copy.fault();
        return silent(judge, copy.rows()).stream()
                        .anyMatch(s -> s >= fault.start() && s <= fault.deadline() && !usual.contains(s))
                || judge.finds(copy.rows(), fault.start(), fault.deadline(), usual);
    }

    private int alarms(List<Long> seen) {
        AlarmGate gate = new AlarmGate(coolDown.toSeconds(), 0);
        int alarms = 0;
        for (long second : seen) {
            alarms += gate.alarm(second, true) ? 1 : 0;
        }
        return alarms;
    }

    /** The seconds at which a reading should have come, while the sensor is silent. */
    private static List<Long> silent(HeldBackJudge judge, Rows rows) {
        long interval = Math.max(1, (long) Training.interval(rows.seconds()));
        List<Long> silent = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            for (long at = rows.second(i - 1) + interval; at < rows.second(i); at += interval) {
                if (at - rows.second(i - 1) > judge.allowedGap()) {
                    silent.add(at);
                }
            }
        }
        return silent;
    }
}
