package io.thermolake.local.series;

import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.AlarmGate;
import io.thermolake.detect.Detector;
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

    /**
     * @param until what comes before the first row of this time or later is learned from, and gives no alarm; without it all is
     *     judged as it comes
     * @throws IllegalArgumentException when the choice needs a training and there is none
     */
    public static List<JudgedRow> judge(SeriesFile file, OptionalLong until, DetectorChoice choice, long seed) {
        int learned = until.isEmpty() ? 0 : trainingRows(file.rows(), until.getAsLong());
        List<Row> training =
                file.rows().subList(0, learned).stream().filter(Row::readable).toList();
        Detector detector = training.isEmpty() ? choice.untrained(seed) : trained(training, choice, seed);
        AlarmGate gate = new AlarmGate(COOL_DOWN_SECONDS, training.isEmpty() ? COOL_DOWN_ROWS : 0);
        List<JudgedRow> judged = new ArrayList<>();
        for (int i = 0; i < file.rows().size(); i++) {
            Row row = file.rows().get(i);
            if (!row.readable()) {
                judged.add(new JudgedRow(row.timestamp(), row.value(), false, 0, false, false, ""));
                continue;
            }
            Verdict verdict = detector.next(row.second(), row.number());
            boolean anomaly = verdict.anomaly() && i >= learned;
            judged.add(new JudgedRow(
                    row.timestamp(),
                    row.value(),
                    true,
                    verdict.score(),
                    anomaly,
                    alarm(gate, row.second(), verdict, anomaly, !training.isEmpty()),
                    verdict.cause().words()));
        }
        return judged;
    }

    /** Without a training a cause is too much of a guess to part episodes by. */
    private static boolean alarm(AlarmGate gate, long second, Verdict verdict, boolean anomaly, boolean byCause) {
        return anomaly && byCause ? gate.alarm(second, verdict) : gate.alarm(second, anomaly);
    }

    /** Those before the first that is not of the training: a row of the past that comes later is judged like its neighbours. */
    private static int trainingRows(List<Row> rows, long until) {
        int n = 0;
        while (n < rows.size() && !(rows.get(n).readable() && rows.get(n).second() >= until)) {
            n++;
        }
        return n;
    }

    private static Detector trained(List<Row> rows, DetectorChoice choice, long seed) {
        long[] seconds = new long[rows.size()];
        double[] values = new double[rows.size()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = i == 0
                    ? rows.get(i).second()
                    : Math.max(seconds[i - 1], rows.get(i).second());
            values[i] = rows.get(i).number();
        }
        return choice.trained(seconds, values, BUDGET, seed);
    }
}
