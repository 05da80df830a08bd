package io.thermolake.model.promotion;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Why a trained version was not put in use: {@code models/<room>/<version>/rejected.json}. It may be put in use by hand all the
 * same.
 *
 * @param at the run's idea of the present
 * @param by the run
 * @param reason in words
 */
public record Rejection(String version, Instant at, String by, String reason) {
    public Rejection {
        requireNonNull(version, "rejection.version is null");
        requireNonNull(at, "rejection.at is null");
        requireNonNull(by, "rejection.by is null");
        requireNonNull(reason, "rejection.reason is null");
    }
}
