package io.thermolake.asl.internal.path;

import org.jspecify.annotations.Nullable;

/** What may stand in a field of a JSONPath state: a path or a call of an intrinsic function. Parsed once. */
public sealed interface PathExpression permits JsonPath, Intrinsic {
    /**
     * @throws IllegalArgumentException when the text is neither a path nor an intrinsic function; the message says where
     */
    static PathExpression parse(String text) {
        return text.startsWith("States.") ? Intrinsic.parse(text) : JsonPath.parse(text);
    }

    /** Whether a text looks like one, so that a forgotten {@code .$} can be noticed. */
    static boolean looksLikeOne(String text) {
        if (text.startsWith("$.") || text.startsWith("$$.") || text.startsWith("$[")) {
            return valid(text);
        }
        return text.startsWith("States.") && text.endsWith(")") && valid(text);
    }

    private static boolean valid(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The text that it was parsed from. */
    String text();

    /** @throws PathException when the data does not have what is asked for */
    @Nullable
    Object read(Roots roots);
}
