import io.thermolake.detect.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rooms.Event;
import rooms.LabelledRoom;

/** What one detector found of all rooms' faults, and what it told that was none. */
final class RoomTable {
    private static final Duration COOL_DOWN = Duration.ofHours(6);
    private static final Duration RECOVERY = Duration.ofHours(24);
    private static final double MONTHS = 3;

    /** Alarms of one room, with what they are for; and the share of rows outside of faults that are anomalies. */
    record Answer(List<Instant> alarms, List<Cause> causes, double inAlarm) {}

    private final Map<Event.Kind, int[]> found = new EnumMap<>(Event.Kind.class);
    private final List<Double> delays = new ArrayList<>();
    private final Map<Cause, Integer> falseCauses = new TreeMap<>();
    private int falseAlarms;
    private int rooms;
    private double inAlarm;

    synchronized void add(LabelledRoom room, Answer answer) {
        rooms++;
        inAlarm += answer.inAlarm;
        for (Event event : room.events()) {
            int[] of = found.computeIfAbsent(event.kind(), k -> new int[2]);
            of[1]++;
            answer.alarms.stream()
                    .filter(a -> !a.isBefore(event.start()) && !a.isAfter(event.deadline(room.interval())))
                    .findFirst()
                    .ifPresent(a -> {
                        of[0]++;
                        delays.add(Duration.between(event.start(), a).toSeconds() / 3600.0);
                    });
        }
        Instant last = Instant.MIN;
        for (int i = 0; i < answer.alarms.size(); i++) {
            Instant alarm = answer.alarms.get(i);
            if (outside(room, alarm)) {
                if (last.equals(Instant.MIN) || Duration.between(last, alarm).compareTo(COOL_DOWN) >= 0) {
                    falseAlarms++;
                    falseCauses.merge(answer.causes.get(i), 1, Integer::sum);
                }
                last = alarm;
            }
        }
    }

    synchronized void addAll(RoomTable other) {
        other.found.forEach((kind, of) -> {
            int[] mine = found.computeIfAbsent(kind, k -> new int[2]);
            mine[0] += of[0];
            mine[1] += of[1];
        });
        delays.addAll(other.delays);
        other.falseCauses.forEach((cause, n) -> falseCauses.merge(cause, n, Integer::sum));
        falseAlarms += other.falseAlarms;
        rooms += other.rooms;
        inAlarm += other.inAlarm;
    }

    /** A row of a Markdown table. */
    String row(String name) {
        StringBuilder kinds = new StringBuilder();
        int hits = 0;
        int all = 0;
        for (int[] of : found.values()) {
            hits += of[0];
            all += of[1];
            kinds.append(" %.2f |".formatted((double) of[0] / of[1]));
        }
        Collections.sort(delays);
        return "| %s | %.3f |%s %.2f | %.1f, %.1f | %.2f %% | %s".formatted(
                name, (double) hits / all, kinds, falseAlarms / (rooms * MONTHS), quantile(0.5), quantile(0.9),
                100 * inAlarm / rooms, falseCauses);
    }

    static String header() {
        StringBuilder kinds = new StringBuilder();
        for (Event.Kind kind : Event.Kind.values()) {
            kinds.append(' ').append(kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')).append(" |");
        }
        return "| faults, seed | | recall |" + kinds + " false alarms | delay, h | in alarm | causes of false alarms";
    }

    private double quantile(double share) {
        return delays.isEmpty() ? Double.NaN : delays.get((int) (delays.size() * share));
    }

    /** Neither in a fault nor while the room recovers from it. */
    static boolean outside(LabelledRoom room, Instant at) {
        return room.events().stream().noneMatch(e -> {
            Instant end = e.deadline(room.interval()).isAfter(e.end()) ? e.deadline(room.interval()) : e.end();
            return !at.isBefore(e.start()) && !at.isAfter(end.plus(RECOVERY));
        });
    }
}
