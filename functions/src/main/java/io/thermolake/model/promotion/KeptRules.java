package io.thermolake.model.promotion;

import io.thermolake.detect.Rows;
import io.thermolake.detect.SensorRules;
import io.thermolake.detect.Training;

/**
 * The sensor's rules of a training from which confirmed faults were left out: the hole that one leaves is no silence of the sensor,
 * and values on both its sides are no run.
 */
public final class KeptRules {
    private KeptRules() {}

    /** @param kept at least one reading */
    public static SensorRules of(Rows kept, ConfirmedFaults faults) {
        double gap = 0;
        double run = 0;
        long since = kept.second(0);
        for (int i = 1; i < kept.size(); i++) {
            boolean parted = faults.between(kept.second(i - 1), kept.second(i));
            if (parted || kept.value(i) != kept.value(i - 1)) {
                since = kept.second(i);
            }
            gap = Math.max(gap, parted ? 0 : kept.second(i) - kept.second(i - 1));
            run = Math.max(run, kept.second(i) - since);
        }
        return new SensorRules(Training.interval(kept.seconds()), gap, run);
    }
}
