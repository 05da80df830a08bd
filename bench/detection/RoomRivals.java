import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.config.ForestMode;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import io.thermolake.detect.Feature;
import io.thermolake.detect.Features;
import io.thermolake.detect.Training;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What else one could do with a room's values. */
final class RoomRivals {
    private static final int TREES = 50;
    private static final int SAMPLES = 256;
    private static final int SHINGLE = 24;
    private static final double DEVIATIONS = 3;

    private RoomRivals() {}

    /** One value a row, a forest of the training, and what people copy: alarm above mean + 3 deviations. */
    static RoomTable.Answer recipe(RoomSeries series, long seed, boolean ofTheDay) {
        RandomCutForest forest = RandomCutForest.builder().dimensions(1).numberOfTrees(TREES).sampleSize(SAMPLES)
                .timeDecay(0).randomSeed(seed).parallelExecutionEnabled(false).build();
        Arrays.stream(series.values()).limit(series.trainingRows())
                .forEach(v -> forest.update(new float[] {(float) v}));
        // A frozen forest of one value a row is a function of the value.
        Map<Double, Double> known = new HashMap<>();
        double[] scores = Arrays.stream(series.values()).map(v -> known.computeIfAbsent(
                v, c -> forest.getAnomalyScore(new float[] {c.floatValue()}))).toArray();
        RoomAlarms alarms = new RoomAlarms(series.room());
        double training = limit(Arrays.copyOf(scores, series.trainingRows()));
        for (int from = series.trainingRows(); from < scores.length; ) {
            int to = from;
            long day = series.seconds()[from] / 86_400;
            while (to < scores.length && series.seconds()[to] / 86_400 == day) {
                to++;
            }
            double limit = ofTheDay ? limit(Arrays.copyOfRange(scores, from, to)) : training;
            for (int i = from; i < to; i++) {
                alarms.row(series.seconds()[i], scores[i] > limit);
            }
            from = to;
        }
        return alarms.answer();
    }

    /** AWS's library's own thresholds, over the last 24 values. */
    static RoomTable.Answer thresholded(RoomSeries series, long seed) {
        ThresholdedRandomCutForest forest = ThresholdedRandomCutForest.builder()
                .dimensions(SHINGLE).shingleSize(SHINGLE).numberOfTrees(TREES).sampleSize(SAMPLES).randomSeed(seed)
                .forestMode(ForestMode.STANDARD).autoAdjust(true).parallelExecutionEnabled(false).build();
        RoomAlarms alarms = new RoomAlarms(series.room());
        for (int i = 0; i < series.values().length; i++) {
            var judged = forest.process(new double[] {series.values()[i]}, series.seconds()[i]);
            if (i >= series.trainingRows()) {
                alarms.row(series.seconds()[i], judged.getAnomalyGrade() > 0);
            }
        }
        return alarms.answer();
    }

    /** How far from what this hour of the week mostly is: no more than the training's second half was. */
    static RoomTable.Answer residual(RoomSeries series) {
        Features features = new Features(Training.interval(Arrays.copyOf(series.seconds(), series.trainingRows())));
        RoomAlarms alarms = new RoomAlarms(series.room());
        double most = 0;
        for (int i = 0; i < series.values().length; i++) {
            double residual = features.next(series.seconds()[i], series.values()[i]).getOrDefault(Feature.WEEK, 0.0);
            if (i >= series.trainingRows()) {
                alarms.row(series.seconds()[i], residual > most);
            } else if (i >= series.trainingRows() / 2) {
                most = Math.max(most, residual);
            }
        }
        return alarms.answer();
    }

    /** More than a tenth of the span outside of all so far. */
    static RoomTable.Answer range(RoomSeries series) {
        RoomAlarms alarms = new RoomAlarms(series.room());
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < series.values().length; i++) {
            double value = series.values()[i];
            if (i >= series.trainingRows()) {
                alarms.row(series.seconds()[i], Math.max(value - most, least - value) > 0.1 * (most - least));
            }
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return alarms.answer();
    }

    static RoomTable.Answer every(RoomSeries series, int rows) {
        RoomAlarms alarms = new RoomAlarms(series.room());
        for (int i = series.trainingRows(); i < series.values().length; i++) {
            alarms.row(series.seconds()[i], i % rows == 0);
        }
        return alarms.answer();
    }

    private static double limit(double[] scores) {
        double mean = Arrays.stream(scores).average().orElse(0);
        double variance = Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).average().orElse(0);
        return mean + DEVIATIONS * Math.sqrt(variance);
    }
}
