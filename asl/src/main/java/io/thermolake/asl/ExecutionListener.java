package io.thermolake.asl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears of everything that an execution must not forget. Called in the execution's own order, one call at a time. */
public interface ExecutionListener {
    /** Hears nothing. */
    ExecutionListener NONE = new ExecutionListener() {};

    /** An event was appended to the history. */
    default void event(HistoryEvent event) {}

    /**
     * The execution moved on.
     *
     * @param snapshot plain JSON from which {@link Engine#redrive} goes on: the state, its input, the variables, and the
     *     branches' results of a Parallel or Map
     */
    default void moved(Map<String, @Nullable Object> snapshot) {}
}
