package io.thermolake.alarm;

import io.thermolake.lake.RoomReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a room's alarms from its anomalies. */
public final class Episodes {
    private final Duration coolDown;
    private final List<Alarm> alarms = new ArrayList<>();

    /** @param coolDown 0 makes every anomaly an alarm of its own */
    public Episodes(Duration coolDown) {
        this.coolDown = coolDown;
    }

    /** @param anomalies in the order of time */
    public static List<Alarm> of(List<Anomaly> anomalies, Duration coolDown) {
        Episodes episodes = new Episodes(coolDown);
        anomalies.forEach(episodes::add);
        return episodes.alarms();
    }

    /**
     * An anomaly within the cool-down of the last one belongs to its episode; a later one opens the next.
     *
     * @param anomaly later than all before
     * @return whether it opened an episode
     */
    public boolean add(Anomaly anomaly) {
        return add(anomaly, 1);
    }

    /** A silence that lasts: no reading tells of it. */
    public void lasting(Anomaly silence) {
        add(silence, 0);
    }

    private boolean add(Anomaly anomaly, int readings) {
        Alarm last = last();
        if (last != null && within(last.end(), anomaly.from())) {
            alarms.set(alarms.size() - 1, last.and(anomaly, readings));
            return false;
        }
        alarms.add(Alarm.first(anomaly, readings));
        return true;
    }

    public List<Alarm> alarms() {
        return List.copyOf(alarms);
    }

    /** The episode that the last anomaly belongs to. */
    @Nullable
    public Alarm last() {
        return alarms.isEmpty() ? null : alarms.get(alarms.size() - 1);
    }

    private boolean within(String last, String next) {
        Duration between = Duration.between(RoomReading.at(last), RoomReading.at(next));
        return !coolDown.isZero() && between.compareTo(coolDown) <= 0;
    }
}
