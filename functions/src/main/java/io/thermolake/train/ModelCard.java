package io.thermolake.train;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one version of a room's model: {@code models/<room>/<version>/model.json}. It is written once.
 *
 * @param trainedAt the run's idea of the present when it was trained
 * @param from the training window's start
 * @param to the training window's end, inclusive
 * @param readings rows that it learned from
 * @param features their names, in the order of the row
 * @param hyperparameters as SageMaker got them
 * @param artifact the key of its model.tar.gz
 * @param threshold a greater score is an anomaly
 * @param thresholdMethod how the threshold was made
 * @param scores of its training rows, or of an even sample of them
 */
public record ModelCard(
        String room,
        String version,
        Instant trainedAt,
        Instant from,
        Instant to,
        long readings,
        List<String> features,
        Map<String, String> hyperparameters,
        String artifact,
        double threshold,
        String thresholdMethod,
        ScoreStatistics scores) {
    public ModelCard {
        requireNonNull(room, "model.room is null");
        requireNonNull(version, "model.version is null");
        requireNonNull(trainedAt, "model.trainedAt is null");
        requireNonNull(artifact, "model.artifact is null");
        features = List.copyOf(features);
        // Sorted: Map.copyOf has another order in each JVM, and the same model must have the same text.
        hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
    }
}
