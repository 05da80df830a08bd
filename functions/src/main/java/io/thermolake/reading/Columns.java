package io.thermolake.reading;

import java.io.Serializable;

/** Which column or JSON key of a source holds what. */
public record Columns(String timestamp, String roomId, String temperature) implements Serializable {
    /** Our own names. */
    public static final Columns OWN = new Columns("timestamp", "room_id", "temperature");
}
