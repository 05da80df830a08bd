import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.Forest;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.Training;
import io.thermolake.detect.TrainedDetector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import rooms.LabelledRoom;

/** A room's rows as the detectors take them: all of them, of which the first are the training. */
record RoomSeries(LabelledRoom room, long[] seconds, double[] values, int trainingRows) {
    private static final int TREES = 50;
    private static final int SAMPLES = 256;

    static RoomSeries of(LabelledRoom room) {
        List<LabelledRoom.Row> rows = room.rows();
        return new RoomSeries(
                room,
                rows.stream().mapToLong(r -> r.at().getEpochSecond()).toArray(),
                rows.stream().mapToDouble(LabelledRoom.Row::celsius).toArray(),
                (int) rows.stream().filter(r -> r.at().isBefore(room.trainUntil())).count());
    }

    private Training training(AlarmBudget budget) {
        return new Training(Arrays.copyOf(seconds, trainingRows), Arrays.copyOf(values, trainingRows), budget);
    }

    RoomTable.Answer rules(AlarmBudget budget) {
        return judged(new TrainedDetector(new RoomModel(training(budget).model().rules(), Map.of())));
    }

    RoomTable.Answer limits(AlarmBudget budget) {
        return judged(new TrainedDetector(training(budget).model()));
    }

    /** Rules and limits, and a forest as SageMaker trains it. */
    RoomTable.Answer forest(AlarmBudget budget, long seed) {
        Training training = training(budget);
        RoomModel model = training.model();
        List<float[]> rows = training.rows(model);
        Forest forest = Forest.train(rows, TREES, SAMPLES, seed);
        return judged(new TrainedDetector(training.withForest(model, forest.of(rows)), forest));
    }

    private RoomTable.Answer judged(TrainedDetector detector) {
        RoomAlarms alarms = new RoomAlarms(room);
        long interval = room.interval().toSeconds();
        for (int i = 0; i < seconds.length; i++) {
            if (i < trainingRows) {
                detector.next(seconds[i], values[i]);
                continue;
            }
            // The rule on silence goes by the clock: it is asked when a row should have come.
            for (long at = seconds[i - 1] + interval; at < seconds[i]; at += interval) {
                alarms.silent(at, detector.silent(at));
            }
            alarms.row(seconds[i], detector.next(seconds[i], values[i]));
        }
        return alarms.answer();
    }
}
