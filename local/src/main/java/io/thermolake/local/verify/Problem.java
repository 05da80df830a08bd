package io.thermolake.local.verify;

import java.util.List;

/**
 * One thing that is wrong with a lake.
 *
 * @param files those that are damaged or missing, relative to the data folder; several where they contradict one another
 * @param what is wrong, a sentence without a full stop
 * @param mend what to do about it
 */
public record Problem(List<String> files, String what, String mend) {
    public Problem {
        files = List.copyOf(files);
    }

    /** A line for people. */
    @Override
    public String toString() {
        return "%s: %s. %s".formatted(String.join(", ", files), what, mend);
    }
}
