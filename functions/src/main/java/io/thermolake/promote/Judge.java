package io.thermolake.promote;

/** A detector that has seen the days before. Each call begins in that same state. */
public interface Judge {
    /** @return for each row whether it is an anomaly */
    boolean[] anomalies(Rows days);

    /** Seconds after a reading from which on the sensor is silent, by the clock. */
    double allowedGap();
}
