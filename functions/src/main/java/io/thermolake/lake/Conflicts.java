package io.thermolake.lake;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is told of records that disagree about one room and second: of one of them, only its number is left. */
public final class Conflicts {
    private static final int MOST_ROOMS = 20;

    private Conflicts() {}

    /** @return what happened, what was kept and what to do, or nothing where all records agree */
    public static Optional<String> told(Counts counts) {
        if (counts.conflicts() == 0) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ENGLISH,
                "%,d of %,d records %s another temperature than the one kept for the same room and second%s."
                        + " Kept is what the lake had, else the database's value, then the files', then the sensors'."
                        + " If a source was corrected, this is all; if two sensors send under one room's name, give each a name of its own",
                counts.conflicts(),
                counts.read(),
                counts.conflicts() == 1 ? "has" : "have",
                rooms(counts)));
    }

    private static String rooms(Counts counts) {
        int more = counts.conflictRooms().size() - MOST_ROOMS;
        return counts.conflictRooms().isEmpty()
                ? ""
                : counts.conflictRooms().entrySet().stream()
                        .limit(MOST_ROOMS)
                        .map(e -> String.format(Locale.ENGLISH, "%s %,d", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", ", ": ", more > 0 ? " and %d more rooms".formatted(more) : ""));
    }
}
