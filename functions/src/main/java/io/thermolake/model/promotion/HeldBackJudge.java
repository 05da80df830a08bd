package io.thermolake.model.promotion;

import io.thermolake.detect.Rows;
import java.util.Set;

/** A detector that has seen the days before. Each call begins in that same state. */
public interface HeldBackJudge {
    /** @return for each row whether it is an anomaly */
    boolean[] anomalies(Rows days);

    /**
     * Whether there is an anomaly in a time that would not be there by itself.
     *
     * @param from a second
     * @param to a second, inclusive
     * @param usual seconds of anomalies that do not count
     */
    default boolean finds(Rows days, long from, long to, Set<Long> usual) {
        boolean[] anomalies = anomalies(days);
        for (int i = days.firstFrom(from); i < days.size() && days.second(i) <= to; i++) {
            if (anomalies[i] && !usual.contains(days.second(i))) {
                return true;
            }
        }
        return false;
    }

    /** Seconds after a reading from which on the sensor is silent, by the clock. */
    double allowedGap();
}
