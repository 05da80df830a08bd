package io.thermolake.score;

import io.thermolake.train.RoomReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells a room's alarms from its anomalies. */
final class Episodes {
    private Episodes() {}

    /**
     * An anomaly within the cool-down of the last one belongs to its episode; a later one opens the next.
     *
     * @param anomalies in the order of time
     * @param coolDown 0 makes every anomaly an alarm of its own
     */
    static List<Alarm> of(List<Anomaly> anomalies, Duration coolDown) {
        List<Alarm> alarms = new ArrayList<>();
        for (Anomaly anomaly : anomalies) {
            int last = alarms.size() - 1;
            if (last >= 0 && within(alarms.get(last).end(), anomaly.timestamp(), coolDown)) {
                alarms.set(last, alarms.get(last).and(anomaly));
            } else {
                alarms.add(Alarm.first(anomaly));
            }
        }
        return alarms;
    }

    private static boolean within(String last, String next, Duration coolDown) {
        Duration between = Duration.between(RoomReading.at(last), RoomReading.at(next));
        return !coolDown.isZero() && between.compareTo(coolDown) <= 0;
    }
}
