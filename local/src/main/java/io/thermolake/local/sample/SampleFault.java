package io.thermolake.local.sample;

import java.time.Duration;
import java.time.Instant;

/**
 * What goes wrong in a room of the sample, and when: the alarms that a run must find.
 *
 * @param kind "heater" or "drift"
 * @param end the fault's, not the readings': a heated room needs time to cool down
 */
public record SampleFault(String room, String kind, Instant start, Instant end, String description) {
    private static final double HEATER_CELSIUS = 14;
    private static final double MINUTES_TO_HEAT = 40;
    private static final double MINUTES_TO_COOL = 30;
    private static final double DRIFT_CELSIUS_AN_HOUR = 0.4;

    /** @return °C that the fault adds to a reading */
    double adds(Instant time) {
        if (time.isBefore(start)) {
            return 0;
        }
        double minutes = Duration.between(start, time).toSeconds() / 60.0;
        if (kind.equals("drift")) {
            return time.isBefore(end) ? DRIFT_CELSIUS_AN_HOUR * minutes / 60 : 0;
        }
        double duration = Duration.between(start, end).toSeconds() / 60.0;
        double heated = HEATER_CELSIUS * (1 - StrictMath.exp(-Math.min(minutes, duration) / MINUTES_TO_HEAT));
        return minutes <= duration ? heated : heated * StrictMath.exp(-(minutes - duration) / MINUTES_TO_COOL);
    }
}
