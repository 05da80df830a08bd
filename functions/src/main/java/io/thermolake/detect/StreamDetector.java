package io.thermolake.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges a series without a training: how rare each feature is against its own past, and how rare the forest's score of all of
 * them is, on average. The mean carries over to series never seen; the greatest of them does not.
 */
public final class StreamDetector implements Detector {
    /** Tens to the minus of the mean rarity from which on a value is an anomaly. */
    private static final double ALLOWED = 1.75;

    private static final int FIRST_ROWS = 30;
    private static final List<Feature> USED = Arrays.stream(Feature.values())
            .filter(f -> f != Feature.CHANGE && f != Feature.STILLNESS)
            .toList();

    private final @Nullable StreamForest forest;
    private final Tail forestTail = new Tail();
    private final List<Tail> tails = USED.stream().map(f -> new Tail()).toList();
    private final List<Long> firstSeconds = new ArrayList<>();
    private final List<Double> firstValues = new ArrayList<>();
    private @Nullable Features features;

    public StreamDetector(long seed) {
        this(new StreamForest(USED.size(), seed));
    }

    private StreamDetector(@Nullable StreamForest forest) {
        this.forest = forest;
    }

    /** Only the mean rarity of the features: to measure what the forest adds. */
    public static StreamDetector withoutForest() {
        return new StreamDetector((StreamForest) null);
    }

    @Override
    public Verdict next(long second, double value) {
        if (features == null) {
            firstSeconds.add(second);
            firstValues.add(value);
            if (firstValues.size() == FIRST_ROWS) {
                begin();
            }
            return Verdict.of(0, Cause.UNUSUAL);
        }
        return judge(features.next(second, value));
    }

    /** The interval is known now: what came before it counts, too. */
    private void begin() {
        long[] seconds = firstSeconds.stream().mapToLong(Long::longValue).toArray();
        Features begun = new Features(Training.interval(seconds));
        for (int i = 0; i < seconds.length; i++) {
            judge(begun.next(seconds[i], firstValues.get(i)));
        }
        features = begun;
    }

    private Verdict judge(Map<Feature, Double> now) {
        // An absurd value is told at once, and nothing of it is learned.
        if (now.getOrDefault(Feature.CHANGE, 0.0) == Double.POSITIVE_INFINITY) {
            return Verdict.of(Double.POSITIVE_INFINITY, Cause.JUMP);
        }
        float[] row = new float[USED.size()];
        double sum = 0;
        Feature rarest = USED.get(0);
        for (int i = 0; i < row.length; i++) {
            double rare = tails.get(i).next(now.getOrDefault(USED.get(i), Double.NaN));
            row[i] = (float) rare;
            sum += rare;
            if (rare > row[USED.indexOf(rarest)]) {
                rarest = USED.get(i);
            }
        }
        int views = row.length;
        if (forest != null) {
            sum += forestTail.next(forest.next(row));
            views++;
        }
        return Verdict.of(sum / views / ALLOWED, Cause.of(rarest));
    }
}
