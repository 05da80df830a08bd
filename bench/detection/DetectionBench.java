import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.config.ForestMode;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import io.thermolake.detect.AlarmGate;
import io.thermolake.detect.StreamDetector;
import io.thermolake.detect.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** usage: DetectionBench NAB_FOLDER SEEDS: the table of docs/detection.md for series that nobody has made for this. */
final class DetectionBench {
    private static final long COOL_DOWN_SECONDS = 6 * 3600;
    private static final int COOL_DOWN_ROWS = 100;

    /** Scores of a series, row by row, and the detector's own alarms. */
    private record Answer(double[] scores, List<Integer> alarms) {}

    private interface Rival {
        Answer judge(Nab.Series series, long seed);
    }

    public static void main(String[] arguments) throws IOException {
        Nab nab = Nab.read(Path.of(arguments[0]));
        int seeds = Integer.parseInt(arguments[1]);
        Map<String, Rival> rivals = new LinkedHashMap<>();
        rivals.put("detect", (s, seed) -> stream(s, new StreamDetector(seed)));
        rivals.put("detect without its forest", (s, seed) -> stream(s, StreamDetector.withoutForest()));
        rivals.put("TRCF, shingle 24, first alarm in 100 rows", DetectionBench::thresholded);
        rivals.put("recipe: d = 1, mean + 3 deviations of the day", (s, seed) -> recipe(s, seed, true));
        rivals.put("recipe: d = 1, mean + 3 deviations so far", (s, seed) -> recipe(s, seed, false));
        rivals.put("more than 10 % outside the range so far", (s, seed) -> range(s));
        rivals.put("an alarm every 400 rows", (s, seed) -> every(s, 400));
        System.out.printf("%-48s %5s  %-24s %-24s%n", "", "seed", "untuned std lowFP lowFN", "tuned std lowFP lowFN");
        for (Map.Entry<String, Rival> rival : rivals.entrySet()) {
            double[] sum = new double[6];
            for (int seed = 1; seed <= seeds; seed++) {
                double[] row = row(nab, rival.getValue(), seed);
                print(rival.getKey(), String.valueOf(seed), row);
                for (int i = 0; i < 6; i++) {
                    sum[i] += row[i] / seeds;
                }
            }
            print(rival.getKey(), "mean", sum);
        }
    }

    private static void print(String name, String seed, double[] row) {
        System.out.printf("%-48s %5s  %6.1f %6.1f %6.1f     %6.1f %6.1f %6.1f%n",
                name, seed, row[0], row[1], row[2], row[3], row[4], row[5]);
    }

    private static double[] row(Nab nab, Rival rival, long seed) {
        List<Answer> answers = nab.series().stream().map(s -> rival.judge(s, seed)).toList();
        double[] row = new double[6];
        TreeSet<Double> thresholds = new TreeSet<>();
        answers.forEach(a -> Arrays.stream(a.scores).forEach(s -> thresholds.add(Math.round(s * 200) / 200.0)));
        for (Nab.Profile profile : Nab.Profile.values()) {
            int p = profile.ordinal();
            row[p] = nab.score(answers.stream().map(Answer::alarms).toList(), profile);
            row[3 + p] = Double.NEGATIVE_INFINITY;
            for (double threshold : thresholds) {
                List<List<Integer>> alarms = new ArrayList<>();
                for (int i = 0; i < answers.size(); i++) {
                    alarms.add(gated(nab.series().get(i), answers.get(i).scores, threshold));
                }
                row[3 + p] = Math.max(row[3 + p], nab.score(alarms, profile));
            }
        }
        return row;
    }

    private static List<Integer> gated(Nab.Series series, double[] scores, double threshold) {
        AlarmGate gate = new AlarmGate(COOL_DOWN_SECONDS, COOL_DOWN_ROWS);
        List<Integer> alarms = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (gate.alarm(series.seconds()[i], scores[i] >= threshold)) {
                alarms.add(i);
            }
        }
        return alarms;
    }

    private static Answer stream(Nab.Series series, StreamDetector detector) {
        double[] scores = new double[series.values().length];
        AlarmGate gate = new AlarmGate(COOL_DOWN_SECONDS, COOL_DOWN_ROWS);
        List<Integer> alarms = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            Verdict verdict = detector.next(series.seconds()[i], series.values()[i]);
            scores[i] = verdict.score();
            if (gate.alarm(series.seconds()[i], verdict.anomaly())) {
                alarms.add(i);
            }
        }
        return new Answer(scores, alarms);
    }

    private static Answer thresholded(Nab.Series series, long seed) {
        ThresholdedRandomCutForest forest = ThresholdedRandomCutForest.builder()
                .dimensions(24).shingleSize(24).numberOfTrees(50).sampleSize(256).randomSeed(seed)
                .forestMode(ForestMode.STANDARD).autoAdjust(true).parallelExecutionEnabled(false).build();
        double[] scores = new double[series.values().length];
        List<Integer> alarms = new ArrayList<>();
        int last = -COOL_DOWN_ROWS - 1;
        for (int i = 0; i < scores.length; i++) {
            var judged = forest.process(new double[] {series.values()[i]}, series.seconds()[i]);
            scores[i] = Math.min(1, Math.max(0, judged.getRCFScore() / 5));
            if (judged.getAnomalyGrade() > 0 && i - last > COOL_DOWN_ROWS) {
                alarms.add(i);
                last = i;
            }
        }
        return new Answer(scores, alarms);
    }

    private static Answer recipe(Nab.Series series, long seed, boolean ofTheDay) {
        RandomCutForest forest = RandomCutForest.builder()
                .dimensions(1).numberOfTrees(100).sampleSize(256).randomSeed(seed).parallelExecutionEnabled(false).build();
        int n = series.values().length;
        double[] scores = new double[n];
        for (int i = 0; i < n; i++) {
            float[] row = {(float) series.values()[i]};
            scores[i] = forest.getAnomalyScore(row);
            forest.update(row);
        }
        List<Integer> alarms = new ArrayList<>();
        for (int from = 0; from < n; ) {
            int to = from;
            long day = series.seconds()[from] / 86_400;
            while (to < n && series.seconds()[to] / 86_400 == day) {
                to++;
            }
            double[] of = ofTheDay ? Arrays.copyOfRange(scores, from, to) : Arrays.copyOf(scores, Math.max(1, from));
            double mean = Arrays.stream(of).average().orElse(0);
            double deviation = Math.sqrt(Arrays.stream(of).map(s -> (s - mean) * (s - mean)).average().orElse(0));
            for (int i = from; i < to; i++) {
                if (scores[i] > mean + 3 * deviation) {
                    alarms.add(i);
                }
            }
            from = to;
        }
        return new Answer(Arrays.stream(scores).map(s -> Math.min(1, s / 5)).toArray(), alarms);
    }

    private static Answer range(Nab.Series series) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double[] scores = new double[series.values().length];
        for (int i = 0; i < scores.length; i++) {
            double value = series.values()[i];
            double span = Math.max(1e-12, most - least);
            double outside = i < 2 ? 0 : Math.max(value - most, least - value) / span;
            scores[i] = outside > 0.1 ? 0.5 + Math.min(0.5, outside / 20) : Math.max(0, outside);
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return new Answer(scores, gated(series, scores, 0.5));
    }

    private static Answer every(Nab.Series series, int rows) {
        double[] scores = new double[series.values().length];
        List<Integer> alarms = new ArrayList<>();
        for (int i = rows; i < scores.length; i += rows) {
            scores[i] = 1;
            alarms.add(i);
        }
        return new Answer(scores, alarms);
    }
}
