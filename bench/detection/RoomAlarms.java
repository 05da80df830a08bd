import io.thermolake.detect.AlarmGate;
import io.thermolake.detect.Cause;
import io.thermolake.detect.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import rooms.LabelledRoom;

/** From a detector's verdicts on one room, row by row, to its alarms. */
final class RoomAlarms {
    private static final long COOL_DOWN_SECONDS = 6 * 3600;

    private final LabelledRoom room;
    private final AlarmGate gate = new AlarmGate(COOL_DOWN_SECONDS, 0);
    private final List<Instant> alarms = new ArrayList<>();
    private final List<Cause> causes = new ArrayList<>();
    private int outside;
    private int anomalies;

    RoomAlarms(LabelledRoom room) {
        this.room = room;
    }

    /** Between two rows. */
    void silent(long second, Verdict verdict) {
        tell(gate.alarm(second, verdict), second, verdict.cause());
    }

    void row(long second, Verdict verdict) {
        count(second, verdict.anomaly());
        tell(gate.alarm(second, verdict), second, verdict.cause());
    }

    /** For a rival that tells no more. */
    void row(long second, boolean anomaly) {
        count(second, anomaly);
        tell(gate.alarm(second, anomaly), second, Cause.UNUSUAL);
    }

    private void count(long second, boolean anomaly) {
        if (RoomTable.outside(room, Instant.ofEpochSecond(second))) {
            outside++;
            anomalies += anomaly ? 1 : 0;
        }
    }

    private void tell(boolean alarm, long second, Cause cause) {
        if (alarm) {
            alarms.add(Instant.ofEpochSecond(second));
            causes.add(cause);
        }
    }

    RoomTable.Answer answer() {
        return new RoomTable.Answer(alarms, causes, (double) anomalies / Math.max(1, outside));
    }
}
