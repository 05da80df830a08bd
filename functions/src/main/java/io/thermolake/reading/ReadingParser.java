package io.thermolake.reading;

import java.time.Instant;
import java.util.OptionalLong;

/** Makes a reading of a record, or says why it is none. Fields are found, and stripped, as {@link RawRecord#value} says. */
public final class ReadingParser {
    private static final double ABSOLUTE_ZERO = -273.15;
    /** Sensors of rooms are younger than that: a clock that was never set begins in 1970. */
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private final Columns columns;
    private final long latest;
    private final TemperatureRange range;

    /**
     * @param latest seconds since 1970: what is later is in the future
     * @param range what is out of it is no room's temperature
     */
    public ReadingParser(Columns columns, long latest, TemperatureRange range) {
        this.columns = columns;
        this.latest = latest;
        this.range = range;
    }

    public Parsed parse(RawRecord record) {
        if (record.fields() == null) {
            return bad(record.broken() == null ? Reason.MALFORMED : record.broken());
        }
        String room = record.value(columns.roomId());
        if (room.isEmpty()) {
            return bad(Reason.MISSING_ROOM);
        }
        if (!RoomId.isAllowed(room)) {
            return bad(Reason.BAD_ROOM);
        }
        // By its exact name: the IoT rule writes it, and a payload's own variant of the name says nothing.
        String topicRoom = record.fields().get("topic_room");
        if (topicRoom != null && !topicRoom.equals(room)) {
            return bad(Reason.SPOOFED);
        }
        String time = record.value(columns.timestamp());
        if (time.isEmpty()) {
            return bad(Reason.MISSING_TIMESTAMP);
        }
        OptionalLong second = Timestamps.epochSecond(time);
        if (second.isEmpty() || second.getAsLong() < EARLIEST) {
            return bad(Reason.BAD_TIMESTAMP);
        }
        if (second.getAsLong() > latest) {
            return bad(Reason.FUTURE);
        }
        String temperature = record.value(columns.temperature());
        if (temperature.isEmpty()) {
            return bad(Reason.MISSING_TEMPERATURE);
        }
        return celsius(temperature, room, second.getAsLong());
    }

    private Parsed celsius(String text, String room, long second) {
        double value = Celsius.of(text);
        if (Double.isNaN(value)) {
            return bad(Reason.BAD_TEMPERATURE);
        }
        // Before absolute zero: -9999 is a sensor's error, not a temperature that somebody got wrong.
        if (range.errors().contains(value)) {
            return bad(Reason.OUT_OF_RANGE);
        }
        if (value < ABSOLUTE_ZERO) {
            return bad(Reason.BELOW_ABSOLUTE_ZERO);
        }
        return range.has(value) ? new Parsed.Good(new Reading(room, second, value)) : bad(Reason.OUT_OF_RANGE);
    }

    private static Parsed bad(Reason reason) {
        return new Parsed.Quarantined(reason);
    }
}
