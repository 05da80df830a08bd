package io.thermolake.local.series;

import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.Detector;
import io.thermolake.detect.Forest;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.StreamDetector;
import io.thermolake.detect.TrainedDetector;
import io.thermolake.detect.Training;
import java.util.List;
import java.util.Locale;

/** Who judges a series; docs/detection.md has what each of them finds. */
public enum DetectorChoice {
    /** Rules and features alone. */
    FEATURES,
    /** AWS's open library in this process: over the stream, or, with a training, a frozen forest for what is near its limits. */
    EMBEDDED,
    /** A forest of the training, as SageMaker's algorithm is documented; trained in this process. */
    SAGEMAKER;

    private static final int TREES = 50;
    private static final int SAMPLES = 256;

    /** What {@code --detector} takes. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What did best: a forest finds more in a stream, and no more than limits that a training gave. */
    public static DetectorChoice usual(boolean training) {
        return training ? FEATURES : EMBEDDED;
    }

    /** Against its own past. */
    Detector untrained(long seed) {
        return switch (this) {
            case FEATURES -> StreamDetector.withoutForest();
            case EMBEDDED -> new StreamDetector(seed);
            case SAGEMAKER ->
                throw new IllegalArgumentException(
                        "The detector sagemaker learns from a training; name its end with --train-until, or take embedded");
        };
    }

    /** Against a training. */
    Detector trained(long[] seconds, double[] values, AlarmBudget budget, long seed) {
        Training training = new Training(seconds, values, budget);
        RoomModel model = training.model();
        List<float[]> rows = this == FEATURES ? List.of() : training.rows(model);
        if (rows.isEmpty()) {
            return new TrainedDetector(model);
        }
        Forest forest = Forest.train(rows, TREES, SAMPLES, seed);
        return new TrainedDetector(training.withForest(model, forest.of(rows)), forest);
    }
}
