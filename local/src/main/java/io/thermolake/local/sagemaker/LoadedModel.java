package io.thermolake.local.sagemaker;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/**
 * A model in an endpoint's memory. A forest never changes, so equal rows have equal scores: sensors give readings of two
 * decimals, and a room's month has some hundred different ones.
 */
final class LoadedModel {
    /** Scores remembered for a model; 65,536 of one number are about 5 MB. */
    private static final int REMEMBERED = 1 << 16;

    private final ModelArtifact model;
    private final ConcurrentMap<List<Float>, Double> scores = new ConcurrentHashMap<>();

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

    private double score(float[] row) {
        List<Float> key = row.length == 1 ? List.of(row[0]) : boxed(row);
        Double known = scores.get(key);
        if (known != null) {
            return known;
        }
        double score = model.forest().score(row);
        if (scores.size() < REMEMBERED) {
            scores.put(key, score);
        }
        return score;
    }

    private static List<Float> boxed(float[] row) {
        return IntStream.range(0, row.length).mapToObj(i -> row[i]).toList();
    }
}
