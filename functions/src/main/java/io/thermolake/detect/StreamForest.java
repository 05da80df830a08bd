package io.thermolake.detect;

import com.amazon.randomcutforest.RandomCutForest;

/** AWS's open Random Cut Forest over a stream: it scores a row, and then learns it. */
final class StreamForest {
    private static final int TREES = 20;
    private static final int SAMPLES = 256;

    private final RandomCutForest forest;

    StreamForest(int dimensions, long seed) {
        forest = RandomCutForest.builder()
                .dimensions(dimensions)
                .numberOfTrees(TREES)
                .sampleSize(SAMPLES)
                .randomSeed(seed)
                .parallelExecutionEnabled(false)
                .boundingBoxCacheFraction(1.0)
                .build();
    }

    /** @return ≥ 0; 0 while it has seen too little */
    double next(float[] row) {
        double score = forest.getAnomalyScore(row);
        forest.update(row);
        return score;
    }
}
