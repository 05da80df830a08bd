package io.thermolake.model.training;

import io.thermolake.PipelineException;
import io.thermolake.lake.RoomReading;
import java.util.ArrayList;
import java.util.List;

/** The codec of a room's CSV files, which the room job writes: header {@code timestamp,temperature}, sorted by time. */
public final class RoomCsv {
    private static final String HEADER = "timestamp,temperature";
    private static final int TIMESTAMP_LENGTH = "YYYY-MM-DD HH:MM:SS".length();

    private RoomCsv() {}

    /**
     * Reads one file.
     *
     * @param name of the object, for the error
     * @throws PipelineException when a line is not of the form, naming object and line: the lake's own files are never
     *     repaired silently
     */
    public static List<RoomReading> parse(String name, String csv) {
        String[] lines = csv.split("\n");
        if (!lines[0].strip().equals(HEADER)) {
            throw new PipelineException(
                    "%s does not begin with the header '%s' but with '%s'".formatted(name, HEADER, lines[0].strip()));
        }
        List<RoomReading> readings = new ArrayList<>(lines.length);
        for (int i = 1; i < lines.length; i++) {
            readings.add(reading(name, i + 1, lines[i]));
        }
        return readings;
    }

    private static RoomReading reading(String name, int number, String line) {
        try {
            if (line.charAt(TIMESTAMP_LENGTH) == ',') {
                return new RoomReading(
                        line.substring(0, TIMESTAMP_LENGTH), Double.parseDouble(line.substring(TIMESTAMP_LENGTH + 1)));
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            // Told below, with its place.
        }
        throw new PipelineException(
                "Line %d of %s is not 'timestamp,temperature' but '%s'; extract its date again with --from and --to"
                        .formatted(number, name, line.strip()));
    }
}
