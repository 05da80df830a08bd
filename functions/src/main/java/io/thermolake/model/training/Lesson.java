package io.thermolake.model.training;

import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.Rows;
import io.thermolake.detect.Training;
import io.thermolake.lake.RoomReading;
import io.thermolake.model.promotion.ConfirmedFaults;
import io.thermolake.model.promotion.KeptRules;
import io.thermolake.model.promotion.LimitCut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a room's readings teach before there is a forest: its rules and limits, and the rows that a forest learns from.
 *
 * @param training knows the readings
 * @param kept the readings without confirmed faults
 * @param leftOut what was left out, in words; empty where nothing was confirmed
 * @param limits without a forest's
 * @param rows normalised by those limits, and rounded
 */
public record Lesson(Training training, Rows kept, String leftOut, RoomModel limits, List<float[]> rows) {

    /** @param readings in the order of time, more than nine days of them */
    public static Lesson of(List<RoomReading> readings, double alarmBudget) {
        return of(readings, alarmBudget, ConfirmedFaults.none(), null);
    }

    /**
     * @param faults of the room that are not learned
     * @param before the model whose limits are not undercut by more than a tenth, or null
     */
    public static Lesson of(
            List<RoomReading> readings, double alarmBudget, ConfirmedFaults faults, @Nullable RoomModel before) {
        ConfirmedFaults.Left left = faults.outOf(Rows.of(readings));
        Rows kept = left.rows();
        Training training = new Training(kept.seconds(), kept.values(), new AlarmBudget(alarmBudget));
        RoomModel learned = training.model();
        RoomModel limits = LimitCut.features(
                faults.faults().isEmpty() ? learned : new RoomModel(KeptRules.of(kept, faults), learned.allowed()),
                before);
        return new Lesson(
                training,
                kept,
                left.words(),
                limits,
                training.rows(limits).stream().map(RoundedRows::rounded).toList());
    }
}
