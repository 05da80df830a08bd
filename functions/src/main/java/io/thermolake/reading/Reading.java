package io.thermolake.reading;

import static java.util.Objects.requireNonNull;

/**
 * One good measurement.
 *
 * @param roomId of the allowed form, see {@link RoomId}
 * @param epochSecond UTC, whole seconds
 * @param celsius finite, at least -273.15
 */
public record Reading(String roomId, long epochSecond, double celsius) {
    public Reading {
        requireNonNull(roomId, "roomId is null");
    }
}
