package io.thermolake.local.series;

import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.AlarmGate;
import io.thermolake.detect.Detector;
import io.thermolake.detect.StreamDetector;
import io.thermolake.detect.TrainedDetector;
import io.thermolake.detect.Training;
import io.thermolake.detect.Verdict;
import io.thermolake.local.series.SeriesFile.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Judges a file's rows one after the other; no row's verdict knows of a later one. */
public final class SeriesRun {
    /** Six hours, and without a training a hundred rows as well. */
    private static final long COOL_DOWN_SECONDS = 6 * 3600;

    private static final int COOL_DOWN_ROWS = 100;
    /** With a training. */
    public static final AlarmBudget BUDGET = new AlarmBudget(0.7);

    private SeriesRun() {}

    /** @param until what is before it is learned from, and gives no alarm; without it all is judged as it comes */
    public static List<Judged> judge(SeriesFile file, OptionalLong until, long seed) {
        List<Row> training = file.rows().stream()
                .filter(r -> r.readable() && until.isPresent() && r.second() < until.getAsLong())
                .toList();
        Detector detector = training.isEmpty() ? new StreamDetector(seed) : trained(training);
        AlarmGate gate = new AlarmGate(COOL_DOWN_SECONDS, training.isEmpty() ? COOL_DOWN_ROWS : 0);
        List<Judged> judged = new ArrayList<>();
        for (Row row : file.rows()) {
            if (!row.readable()) {
                judged.add(new Judged(row.timestamp(), row.value(), false, 0, false, false, ""));
                continue;
            }
            Verdict verdict = detector.next(row.second(), row.number());
            boolean learned = until.isPresent() && row.second() < until.getAsLong();
            boolean anomaly = verdict.anomaly() && !learned;
            judged.add(new Judged(
                    row.timestamp(),
                    row.value(),
                    true,
                    verdict.score(),
                    anomaly,
                    gate.alarm(row.second(), anomaly),
                    verdict.cause().words()));
        }
        return judged;
    }

    private static Detector trained(List<Row> rows) {
        long[] seconds = new long[rows.size()];
        double[] values = new double[rows.size()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = i == 0
                    ? rows.get(i).second()
                    : Math.max(seconds[i - 1], rows.get(i).second());
            values[i] = rows.get(i).number();
        }
        return new TrainedDetector(new Training(seconds, values, BUDGET).model());
    }
}
