package io.thermolake.train;

import static java.util.Objects.requireNonNull;

/**
 * The version of a room's model that is in use: {@code models/<room>/current.json}.
 *
 * @param artifact the key of its forest
 * @param promotedBy the run that put it in use
 */
public record CurrentModel(String version, String artifact, String promotedBy) {
    public CurrentModel {
        requireNonNull(version, "current.version is null");
        requireNonNull(artifact, "current.artifact is null");
        requireNonNull(promotedBy, "current.promotedBy is null");
    }
}
