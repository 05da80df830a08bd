package io.thermolake.lake;

import java.util.Locale;
import java.util.Optional;

/** The names of columns as Glue's catalog holds them. Pure. */
public final class GlueColumn {
    /** The API's limit: "Column" of the Glue developer guide. */
    private static final int LONGEST = 255;

    private GlueColumn() {}

    /**
     * @param name as a file has it: a header's cell or a JSON key
     * @return the name in lower case, as crawlers write it; nothing where the catalog takes no such name: an empty one, one of
     *     more than 255 characters, one with a control character
     */
    public static Optional<String> name(String name) {
        String folded = name.strip().toLowerCase(Locale.ROOT);
        boolean fits = !folded.isEmpty()
                && folded.length() <= LONGEST
                && folded.chars().noneMatch(Character::isISOControl);
        return fits ? Optional.of(folded) : Optional.empty();
    }
}
