package io.thermolake.local.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which columns of a user's own file are which: under our names they go into the lake.
 *
 * @param timestamp the column of the time
 * @param value the column of the temperature
 * @param room the column of the room
 */
record OwnData(String timestamp, String value, String room) {
    /** In a data folder: it holds a user's own data, and never the sample. */
    static final String MARKER = "own-data";

    private static final Pattern FAHRENHEIT =
            Pattern.compile("°\\s*F\\b|℉|fahrenheit|[_ (\\[]F[)\\]]?$", Pattern.CASE_INSENSITIVE);

    /**
     * A header under our names.
     *
     * @param names no two of them alike in any case
     * @param value the position of the temperature
     */
    record Header(List<String> names, int value) {}

    /** @throws CommandException when the file is missing or cannot be read */
    static void check(Path file) {
        UserFile.check(file);
    }

    /**
     * Gives the three columns our names. Another column that has one of them already goes out of the way, as
     * {@code temperature_2}.
     *
     * @throws CommandException when a column is missing, is there twice, or is two things at once
     */
    Header named(Path file, List<String> columns) {
        List<String> stripped =
                columns.stream().map(c -> c.replace("\uFEFF", "").strip()).toList();
        int time = at(file, stripped, timestamp, "--timestamp");
        int temperature = at(file, stripped, value, "--value");
        int place = at(file, stripped, room, "--room");
        if (time == temperature || time == place || temperature == place) {
            throw new CommandException(
                    "--timestamp %s, --value %s and --room %s are not three columns of %s; name another"
                            .formatted(timestamp, value, room, UserFile.shown(file)));
        }
        refuseFahrenheit(file, stripped.get(temperature));
        Set<String> taken = new HashSet<>(List.of("timestamp", "temperature", "room_id"));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < stripped.size(); i++) {
            names.add(
                    i == time
                            ? "timestamp"
                            : i == temperature
                                    ? "temperature"
                                    : i == place ? "room_id" : free(stripped.get(i), i, taken));
        }
        return new Header(names, temperature);
    }

    /** A number has no unit of its own: 68 of a column in °F would be 68 °C, without a word. */
    private static void refuseFahrenheit(Path file, String column) {
        if (FAHRENHEIT.matcher(column).find()) {
            throw new CommandException(
                    "The column '%s' of %s seems to be in °F, and a number without a unit is read as °C. Convert it, write °F behind each value and rename the column, or rename it if it is °C"
                            .formatted(column, UserFile.shown(file)));
        }
    }

    /** As the file writes it, or else the only one that differs in case and blanks alone. */
    private static int at(Path file, List<String> columns, String wanted, String option) {
        List<Integer> found = all(columns, wanted.strip(), false);
        if (found.isEmpty()) {
            found = all(columns, folded(wanted), true);
        }
        if (found.isEmpty()) {
            throw new CommandException("%s has no column '%s'; it has %s. Name yours with %s"
                    .formatted(UserFile.shown(file), wanted, String.join(", ", columns), option));
        }
        if (found.size() > 1) {
            throw new CommandException("%s has more than one column '%s': %s. Rename one, or name yours with %s"
                    .formatted(UserFile.shown(file), wanted, String.join(", ", columns), option));
        }
        return found.get(0);
    }

    private static List<Integer> all(List<String> columns, String wanted, boolean fold) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if ((fold ? folded(columns.get(i)) : columns.get(i)).equals(wanted)) {
                found.add(i);
            }
        }
        return found;
    }

    private static String folded(String name) {
        return name.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    }

    /** Catalogs fold case, and a line break in a name would end the header. */
    private static String free(String column, int position, Set<String> taken) {
        String clean = column.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        String name = clean.isEmpty() ? "column_" + (position + 1) : clean;
        String free = name;
        for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
            free = name + "_" + n;
        }
        return free;
    }
}
