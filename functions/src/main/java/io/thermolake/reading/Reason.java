package io.thermolake.reading;

import java.util.Locale;

/** Why a record is in quarantine. */
public enum Reason {
    /** Neither a JSON object nor a row with the header's columns. */
    MALFORMED,
    MISSING_ROOM,
    BAD_ROOM,
    MISSING_TIMESTAMP,
    BAD_TIMESTAMP,
    /** Later than now plus the tolerance. */
    FUTURE,
    MISSING_TEMPERATURE,
    BAD_TEMPERATURE,
    BELOW_ABSOLUTE_ZERO,
    /** The payload names another room than the topic that it came by. */
    SPOOFED,
    /** The rest of a file that cannot be read to its end. */
    UNREADABLE;

    /** The reason as counts and quarantine files name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
