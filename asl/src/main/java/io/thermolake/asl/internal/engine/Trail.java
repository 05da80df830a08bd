package io.thermolake.asl.internal.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A branch's way through the history: which event its next one follows. */
final class Trail {
    private final History history;
    /** The very first state event has previousEventId 0, like ExecutionStarted itself. */
    private long last;

    Trail(History history) {
        this.history = history;
    }

    long last() {
        return last;
    }

    /** Lets the next event follow this one. */
    void follow(long eventId) {
        last = eventId;
    }

    long add(String type, String detailsKey, Map<String, @Nullable Object> details) {
        last = history.append(last, type, detailsKey, details);
        return last;
    }

    /** An event that nothing follows: the next one hangs where this one does. */
    long aside(long previous, String type, String detailsKey, Map<String, @Nullable Object> details) {
        return history.append(previous, type, detailsKey, details);
    }
}
