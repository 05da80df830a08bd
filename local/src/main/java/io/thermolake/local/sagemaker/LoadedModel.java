package io.thermolake.local.sagemaker;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/**
 * A model in an endpoint's memory. A forest never changes, so equal rows have equal scores: a new model is asked for all
 * its training rows, and then for those of each day, which are mostly the same.
 */
final class LoadedModel {
    /** Scores remembered for a model; 65,536 rows of five numbers are about 9 MB. */
    private static final int REMEMBERED = 1 << 16;

    private final ModelArtifact model;
    private final ConcurrentMap<Row, Double> scores = new ConcurrentHashMap<>();

    LoadedModel(ModelArtifact model) {
        this.model = model;
    }

    int featureDim() {
        return model.parameters().featureDim();
    }

    /** @return a score for each row, in their order; the work is shared by all cores */
    double[] score(List<float[]> rows) {
        return IntStream.range(0, rows.size())
                .parallel()
                .mapToDouble(i -> score(rows.get(i)))
                .toArray();
    }

    private double score(float[] numbers) {
        Row row = new Row(numbers);
        Double known = scores.get(row);
        if (known != null) {
            return known;
        }
        double score = model.forest().score(numbers);
        if (scores.size() < REMEMBERED) {
            scores.put(row, score);
        }
        return score;
    }

    private record Row(float[] numbers) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && Arrays.equals(numbers, row.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }
}
