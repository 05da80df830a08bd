package io.thermolake.score;

import static java.util.Objects.requireNonNull;

import io.thermolake.detect.Cause;
import io.thermolake.detect.ForestScores;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.Verdict;
import io.thermolake.lake.RoomReading;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a model thinks of a room's days, one after the other. */
final class RoomJudge {
    private final DayByDay days;
    private final @Nullable ForestScores forest;
    private final double allowed;

    /** @param forest null for a room that has none: then rules and limits alone count */
    RoomJudge(RoomModel model, @Nullable ForestScores forest) {
        this.days = new DayByDay(model);
        this.forest = forest;
        this.allowed = forest == null ? 1 : requireNonNull(model.forestAllowed(), "a forest without a limit");
    }

    void pass(LocalDate date, List<RoomReading> readings) {
        days.pass(date, readings);
    }

    List<JudgedReading> judge(LocalDate date, List<RoomReading> readings) {
        List<DayByDay.Seen> seen = days.see(date, readings);
        double[] scores = forest == null
                ? new double[0]
                : forest.of(seen.stream()
                        .filter(DayByDay.Seen::asksForest)
                        .map(s -> s.context().row())
                        .toList());
        List<JudgedReading> judged = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < seen.size(); i++) {
            DayByDay.Seen at = seen.get(i);
            Verdict verdict = forest != null && at.asksForest()
                    ? at.context().verdict(scores[next++], allowed)
                    : at.context().verdict();
            RoomReading reading = readings.get(i);
            judged.add(new JudgedReading(
                    reading, verdict, verdict.cause() == Cause.SILENT ? at.since() : reading.second()));
        }
        return judged;
    }
}
