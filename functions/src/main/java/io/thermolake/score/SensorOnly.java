package io.thermolake.score;

import io.thermolake.RecordJson;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.SensorRules;
import io.thermolake.detect.Training;
import io.thermolake.lake.RoomReading;
import io.thermolake.lake.Sha256;
import java.util.List;
import java.util.Map;

/**
 * What a room without a model is watched by: whether its sensor is silent, and whether it repeats itself. How long is too
 * long cannot be learned from so little: it is as if the sensor had been silent for six hours, and had said the same for
 * twelve, and nothing had been wrong.
 */
public final class SensorOnly {
    private static final String PREFIX = "rules-";
    private static final double SILENT_SECONDS = 6 * 3600;
    private static final double STUCK_SECONDS = 12 * 3600;

    private SensorOnly() {}

    /** @param readings those that there are, for the time that mostly lies between two */
    static RoomModel rules(List<RoomReading> readings) {
        double interval = Training.interval(
                readings.stream().mapToLong(RoomReading::second).toArray());
        return new RoomModel(new SensorRules(interval, SILENT_SECONDS, STUCK_SECONDS), Map.of());
    }

    /** What the scores carry for a model's version. */
    static String version(RoomModel rules) {
        return PREFIX + Sha256.of(RecordJson.gson().toJson(rules)).substring(0, 8);
    }

    /** Whether these are rules, and no model. */
    public static boolean is(String version) {
        return version.startsWith(PREFIX);
    }
}
