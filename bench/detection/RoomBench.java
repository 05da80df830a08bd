import com.amazon.randomcutforest.RandomCutForest;
import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.AlarmGate;
import io.thermolake.detect.Cause;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.TrainedDetector;
import io.thermolake.detect.Training;
import io.thermolake.detect.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import rooms.Event;
import rooms.LabelledRoom;
import rooms.RoomGenerator;
import rooms.Severity;

/** usage: RoomBench SEED ROOMS: the table of docs/detection.md for rooms with labelled faults. */
final class RoomBench {
    private static final Duration COOL_DOWN = Duration.ofHours(6);
    private static final Duration RECOVERY = Duration.ofHours(24);
    private static final AlarmBudget BUDGET = new AlarmBudget(0.7);
    private static final int TREES = 50;
    private static final int SAMPLES = 256;

    /** Alarms of one room, with what they are for; and the share of rows outside of faults that are anomalies. */
    private record Answer(List<Instant> alarms, List<Cause> causes, double inAlarm) {}

    private interface Rival {
        Answer judge(LabelledRoom room, long seed);
    }

    private static final class Table {
        final Map<Event.Kind, int[]> found = new EnumMap<>(Event.Kind.class);
        final List<Double> delays = new ArrayList<>();
        final Map<Cause, Integer> falseCauses = new TreeMap<>();
        int falseAlarms;
        int rooms;
        double inAlarm;

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

        String row(String name) {
            StringBuilder kinds = new StringBuilder();
            int hits = 0;
            int all = 0;
            for (int[] of : found.values()) {
                hits += of[0];
                all += of[1];
                kinds.append(" %.2f".formatted((double) of[0] / of[1]));
            }
            Collections.sort(delays);
            return "%-34s %.3f %6.2f  %s  %5.1f %5.1f  %5.2f %%  %s".formatted(
                    name, (double) hits / all, falseAlarms / (rooms * 3.0), kinds,
                    delays.isEmpty() ? Double.NaN : delays.get(delays.size() / 2),
                    delays.isEmpty() ? Double.NaN : delays.get((int) (delays.size() * 0.9)),
                    100 * inAlarm / rooms, falseCauses);
        }
    }

    public static void main(String[] arguments) {
        long seed = Long.parseLong(arguments[0]);
        int rooms = Integer.parseInt(arguments[1]);
        Map<String, Rival> rivals = new java.util.LinkedHashMap<>();
        rivals.put("detect --train-until", (room, s) -> trained(room, true));
        rivals.put("sensor rules alone", (room, s) -> trained(room, false));
        rivals.put("recipe, 3 deviations of the day", (room, s) -> recipe(room, s, true));
        rivals.put("recipe, 3 deviations of training", (room, s) -> recipe(room, s, false));
        for (Severity severity : Severity.values()) {
            System.out.printf("%s, seed %d, %d rooms%n%-34s %-5s %6s   %s  %s%n", severity, seed, rooms, "", "recall",
                    "false/month", Arrays.toString(Event.Kind.values()), "delay median, 90 %, hours; time in alarm");
            for (Map.Entry<String, Rival> rival : rivals.entrySet()) {
                Table table = new Table();
                IntStream.range(0, rooms).parallel().forEach(number -> {
                    LabelledRoom room = new RoomGenerator(seed, severity).room(number);
                    table.add(room, rival.getValue().judge(room, seed));
                });
                System.out.println(table.row(rival.getKey()));
            }
        }
    }

    private static boolean outside(LabelledRoom room, Instant at) {
        return room.events().stream().noneMatch(e -> {
            Instant end = e.deadline(room.interval()).isAfter(e.end()) ? e.deadline(room.interval()) : e.end();
            return !at.isBefore(e.start()) && !at.isAfter(end.plus(RECOVERY));
        });
    }

    private static Answer trained(LabelledRoom room, boolean withFeatures) {
        List<LabelledRoom.Row> rows = room.rows();
        int trainingRows = (int) rows.stream().filter(r -> r.at().isBefore(room.trainUntil())).count();
        long[] seconds = rows.stream().mapToLong(r -> r.at().getEpochSecond()).toArray();
        double[] values = rows.stream().mapToDouble(LabelledRoom.Row::celsius).toArray();
        Training training = new Training(
                Arrays.copyOf(seconds, trainingRows), Arrays.copyOf(values, trainingRows), BUDGET);
        RoomModel model = training.model();
        if (!withFeatures) {
            model = new RoomModel(model.rules(), Map.of());
        }
        TrainedDetector detector = new TrainedDetector(model);
        AlarmGate gate = new AlarmGate(COOL_DOWN.toSeconds(), 0);
        List<Instant> alarms = new ArrayList<>();
        List<Cause> causes = new ArrayList<>();
        long interval = room.interval().toSeconds();
        int outside = 0;
        int anomalies = 0;
        for (int i = 0; i < seconds.length; i++) {
            // The rule on silence goes by the clock: it is asked when a row should have come.
            for (long at = i == 0 ? seconds[0] : seconds[i - 1] + interval; i >= trainingRows && at < seconds[i]; at += interval) {
                if (gate.alarm(at, detector.silence(at) > 1)) {
                    alarms.add(Instant.ofEpochSecond(at));
                    causes.add(Cause.SILENT);
                }
            }
            Verdict verdict = detector.next(seconds[i], values[i]);
            if (i < trainingRows) {
                continue;
            }
            if (outside(room, rows.get(i).at())) {
                outside++;
                anomalies += verdict.anomaly() ? 1 : 0;
            }
            if (gate.alarm(seconds[i], verdict.anomaly())) {
                alarms.add(rows.get(i).at());
                causes.add(verdict.cause());
            }
        }
        return new Answer(alarms, causes, (double) anomalies / Math.max(1, outside));
    }

    /** One value a row, a forest of the training, and what people copy: alarm above mean + 3 deviations. */
    private static Answer recipe(LabelledRoom room, long seed, boolean ofTheDay) {
        List<LabelledRoom.Row> rows = room.rows();
        int trainingRows = (int) rows.stream().filter(r -> r.at().isBefore(room.trainUntil())).count();
        RandomCutForest forest = RandomCutForest.builder().dimensions(1).numberOfTrees(TREES).sampleSize(SAMPLES)
                .timeDecay(0).randomSeed(seed).parallelExecutionEnabled(false).build();
        rows.stream().limit(trainingRows).forEach(r -> forest.update(new float[] {(float) r.celsius()}));
        // A frozen forest of one value a row is a function of the value.
        Map<Double, Double> known = new java.util.HashMap<>();
        double[] scores = rows.stream().mapToDouble(r -> known.computeIfAbsent(
                r.celsius(), c -> forest.getAnomalyScore(new float[] {c.floatValue()}))).toArray();
        AlarmGate gate = new AlarmGate(COOL_DOWN.toSeconds(), 0);
        List<Instant> alarms = new ArrayList<>();
        List<Cause> causes = new ArrayList<>();
        int outside = 0;
        int anomalies = 0;
        double training = limit(Arrays.copyOf(scores, trainingRows));
        for (int from = trainingRows; from < scores.length; ) {
            int to = from;
            long day = rows.get(from).at().getEpochSecond() / 86_400;
            while (to < scores.length && rows.get(to).at().getEpochSecond() / 86_400 == day) {
                to++;
            }
            double limit = ofTheDay ? limit(Arrays.copyOfRange(scores, from, to)) : training;
            for (int i = from; i < to; i++) {
                boolean anomaly = scores[i] > limit;
                if (outside(room, rows.get(i).at())) {
                    outside++;
                    anomalies += anomaly ? 1 : 0;
                }
                if (gate.alarm(rows.get(i).at().getEpochSecond(), anomaly)) {
                    alarms.add(rows.get(i).at());
                    causes.add(Cause.UNUSUAL);
                }
            }
            from = to;
        }
        return new Answer(alarms, causes, (double) anomalies / Math.max(1, outside));
    }

    private static double limit(double[] scores) {
        double mean = Arrays.stream(scores).average().orElse(0);
        double variance = Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).average().orElse(0);
        return mean + 3 * Math.sqrt(variance);
    }
}
