package io.thermolake.report;

import java.util.Map;

/** What a record was quarantined for, in words for who does not know the code. */
final class Reasons {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("malformed", "is no JSON object, or no line of the file's columns"),
            Map.entry("missing_room", "names no room"),
            Map.entry("bad_room", "names a room with other signs than letters, digits, - and _, or over 64"),
            Map.entry("missing_timestamp", "has no time"),
            Map.entry("bad_timestamp", "has a time that does not exist, cannot be read, or is before 2000"),
            Map.entry("future", "lies more than 10 minutes ahead of the run's present"),
            Map.entry("missing_temperature", "has no temperature"),
            Map.entry("bad_temperature", "has a temperature that is no finite number"),
            Map.entry("below_absolute_zero", "is colder than −273.15 °C"),
            Map.entry("out_of_range", "has a temperature that no room has, or a value by which sensors tell an error"),
            Map.entry("spoofed", "names another room than the topic it was sent to"),
            Map.entry("unreadable", "is a file that is no text, or the rest of one that could not be read to its end"));

    private Reasons() {}

    /** Nothing for a reason that is not known here. */
    static String meaning(String reason) {
        return MEANINGS.getOrDefault(reason, "");
    }
}
