package io.thermolake.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a Start and of a Check function. A failure is never an answer: it is thrown.
 *
 * @param state whether to ask again
 * @param handles what is being waited on; a Start function that found nothing to do answers SUCCEEDED with none
 * @param details what the parent machine needs to know of the outcome: pointers and small facts, never data
 */
public record Progress(State state, List<Handle> handles, Map<String, Object> details) {

    /** Whether to ask again. */
    public enum State {
        RUNNING,
        SUCCEEDED
    }

    public Progress {
        requireNonNull(state, "state is null");
        handles = handles == null ? List.of() : List.copyOf(handles);
        details = details == null ? Map.of() : details;
    }

    /** Still under way: ask again with the same handles. */
    public static Progress running(List<Handle> handles) {
        return new Progress(State.RUNNING, handles, Map.of());
    }

    /** Done, with what the parent needs to know. */
    public static Progress succeeded(Map<String, Object> details) {
        return new Progress(State.SUCCEEDED, List.of(), details);
    }

    /** The value of one detail, or null. */
    public @Nullable Object detail(String name) {
        return details.get(name);
    }
}
