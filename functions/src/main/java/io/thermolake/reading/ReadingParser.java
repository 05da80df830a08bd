package io.thermolake.reading;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes a reading of a record, or says why it is none. */
public final class ReadingParser {
    private static final double ABSOLUTE_ZERO = -273.15;

    private final Columns columns;
    private final long latest;

    /** @param latest seconds since 1970: what is later is in the future */
    public ReadingParser(Columns columns, long latest) {
        this.columns = columns;
        this.latest = latest;
    }

    public Parsed parse(RawRecord record) {
        Map<String, @Nullable String> fields = record.fields();
        if (fields == null) {
            return bad(record.broken() == null ? Reason.MALFORMED : record.broken());
        }
        String room = fields.get(columns.roomId());
        if (room == null || room.isEmpty()) {
            return bad(Reason.MISSING_ROOM);
        }
        if (!RoomId.isAllowed(room)) {
            return bad(Reason.BAD_ROOM);
        }
        String topicRoom = fields.get("topic_room");
        if (topicRoom != null && !topicRoom.equals(room)) {
            return bad(Reason.SPOOFED);
        }
        String time = fields.get(columns.timestamp());
        if (time == null || time.isEmpty()) {
            return bad(Reason.MISSING_TIMESTAMP);
        }
        OptionalLong second = Timestamps.epochSecond(time);
        if (second.isEmpty()) {
            return bad(Reason.BAD_TIMESTAMP);
        }
        if (second.getAsLong() > latest) {
            return bad(Reason.FUTURE);
        }
        String temperature = fields.get(columns.temperature());
        if (temperature == null || temperature.isEmpty()) {
            return bad(Reason.MISSING_TEMPERATURE);
        }
        return celsius(temperature, room, second.getAsLong());
    }

    private static Parsed celsius(String text, String room, long second) {
        double value;
        try {
            char last = text.charAt(text.length() - 1);
            // Java would read "21.5f" and "0x1p3" as well.
            value = last == '.' || Character.isDigit(last) ? Double.parseDouble(text) : Double.NaN;
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (text.indexOf('x') >= 0 || text.indexOf('X') >= 0 || !Double.isFinite(value)) {
            return bad(Reason.BAD_TEMPERATURE);
        }
        if (value < ABSOLUTE_ZERO) {
            return bad(Reason.BELOW_ABSOLUTE_ZERO);
        }
        return new Parsed.Good(new Reading(room, second, value == 0 ? 0.0 : value));
    }

    private static Parsed bad(Reason reason) {
        return new Parsed.Quarantined(reason);
    }
}
