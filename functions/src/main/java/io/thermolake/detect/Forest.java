package io.thermolake.detect;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.state.RandomCutForestMapper;
import com.amazon.randomcutforest.state.RandomCutForestState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A Random Cut Forest as SageMaker documents its algorithm ("How RCF works"): one uniform sample of num_trees ×
 * num_samples_per_tree rows, split among the trees, and the mean of the trees' scores. Each tree is a forest of one tree
 * of AWS's open library, which knows streams only and would keep a sample of its own for each tree; a tree of exactly the
 * rows that it is given is both nearer to SageMaker and ten times faster. Reads are thread-safe; nothing changes a forest
 * after it was built.
 */
public final class Forest implements ForestScores {
    private final List<RandomCutForest> trees;

    private Forest(List<RandomCutForest> trees) {
        this.trees = List.copyOf(trees);
    }

    /**
     * @param rows at least one, all of one width
     * @param numTrees ≥ 1
     * @param numSamplesPerTree ≥ 1; a tree has fewer where there are fewer rows
     * @param seed the same rows and seed make the same forest
     */
    public static Forest train(List<float[]> rows, int numTrees, int numSamplesPerTree, long seed) {
        int size = Math.min(numSamplesPerTree, rows.size());
        int[] order = IntStream.range(0, rows.size()).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> samples = new ArrayList<>();
        int drawn = 0;
        for (int tree = 0; tree < numTrees; tree++) {
            // Too few rows for trees that share none: rows go round again, never twice into one tree.
            drawn = drawn + size > order.length ? 0 : drawn;
            int[] sample = new int[size];
            for (int i = 0; i < size; i++, drawn++) {
                int pick = drawn + random.nextInt(order.length - drawn);
                sample[i] = order[pick];
                order[pick] = order[drawn];
                order[drawn] = sample[i];
            }
            samples.add(sample);
        }
        long[] seeds = random.longs(numTrees).toArray();
        return new Forest(IntStream.range(0, numTrees)
                .parallel()
                .mapToObj(tree -> tree(rows, samples.get(tree), numSamplesPerTree, seeds[tree]))
                .toList());
    }

    private static RandomCutForest tree(List<float[]> rows, int[] sample, int numSamplesPerTree, long seed) {
        RandomCutForest tree = RandomCutForest.builder()
                .dimensions(rows.get(0).length)
                .numberOfTrees(1)
                .sampleSize(numSamplesPerTree)
                .timeDecay(0)
                // Every row is kept, from the first on, and scores are given from the first on.
                .initialAcceptFraction(1.0)
                .outputAfter(1)
                .randomSeed(seed)
                .parallelExecutionEnabled(false)
                .boundingBoxCacheFraction(1.0)
                .build();
        for (int row : sample) {
            tree.update(rows.get(row));
        }
        return tree;
    }

    /** @return ≥ 0; about 1 for an ordinary row, more for one that few cuts set apart */
    public double score(float[] row) {
        double sum = 0;
        for (RandomCutForest tree : trees) {
            sum += tree.getAnomalyScore(row);
        }
        return sum / trees.size();
    }

    @Override
    public double[] of(List<float[]> rows) {
        return rows.parallelStream().mapToDouble(this::score).toArray();
    }

    /** All there is to a forest, in the open library's own form. */
    public List<RandomCutForestState> state() {
        RandomCutForestMapper mapper = new RandomCutForestMapper();
        mapper.setSaveTreeStateEnabled(true);
        mapper.setSaveExecutorContextEnabled(true);
        mapper.setCompressionEnabled(true);
        return trees.stream().map(mapper::toState).toList();
    }

    public static Forest fromState(List<RandomCutForestState> state) {
        RandomCutForestMapper mapper = new RandomCutForestMapper();
        return new Forest(state.stream().map(mapper::toModel).toList());
    }
}
