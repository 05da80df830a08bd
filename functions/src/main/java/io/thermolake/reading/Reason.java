package io.thermolake.reading;

import java.util.Locale;

/** Why a record is in quarantine. */
public enum Reason {
    /** Neither a JSON object nor a row with the header's columns. */
    MALFORMED,
    MISSING_ROOM,
    BAD_ROOM,
    MISSING_TIMESTAMP,
    /** The timestamp has no form that is read, does not exist, or lies before 2000. */
    BAD_TIMESTAMP,
    /** Later than now plus the tolerance. */
    FUTURE,
    MISSING_TEMPERATURE,
    BAD_TEMPERATURE,
    BELOW_ABSOLUTE_ZERO,
    /** No room is so cold or hot, or the value is a sensor's way to tell an error; see {@link TemperatureRange}. */
    OUT_OF_RANGE,
    /** The payload names another room than the topic that it came by. */
    SPOOFED,
    /** The rest of a file that cannot be read to its end. */
    UNREADABLE;

    /** The reason as counts and quarantine files name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
