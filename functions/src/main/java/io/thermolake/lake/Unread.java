package io.thermolake.lake;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is told of files of which no record could be read. */
public final class Unread {
    private static final int MOST_FILES = 5;

    private Unread() {}

    /** @return which files they are and where the reasons stand, or nothing where there are none */
    public static Optional<String> told(Counts counts) {
        if (counts.unreadFiles().isEmpty()) {
            return Optional.empty();
        }
        int more = counts.unreadFiles().size() - MOST_FILES;
        return Optional.of("No record could be read of "
                + counts.unreadFiles().entrySet().stream()
                        .limit(MOST_FILES)
                        .map(e -> String.format(Locale.ENGLISH, "%s (%,d)", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", ", "", more > 0 ? " and %d more files".formatted(more) : ""))
                + ": each is in quarantine with its reason. Mend the file, or delete it from the bucket");
    }
}
