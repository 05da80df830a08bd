package io.thermolake.train;

import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.Training;
import java.util.List;

/**
 * What a room's readings teach before there is a forest: its rules and limits, and the rows that a forest learns from.
 *
 * @param training knows the readings
 * @param limits without a forest's
 * @param rows normalised by those limits, and rounded
 */
public record Lesson(Training training, RoomModel limits, List<float[]> rows) {

    /** @param readings in the order of time, more than nine days of them */
    public static Lesson of(List<RoomReading> readings, double alarmBudget) {
        long[] seconds = readings.stream().mapToLong(RoomReading::second).toArray();
        double[] values =
                readings.stream().mapToDouble(RoomReading::temperature).toArray();
        Training training = new Training(seconds, values, new AlarmBudget(alarmBudget));
        RoomModel limits = training.model();
        return new Lesson(
                training,
                limits,
                training.rows(limits).stream().map(RoundedRows::rounded).toList());
    }
}
