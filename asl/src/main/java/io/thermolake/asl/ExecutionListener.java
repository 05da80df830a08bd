package io.thermolake.asl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears of everything that an execution must not forget. Called in the execution's own order, one call at a time. */
public interface ExecutionListener {
    /** Hears nothing. */
    ExecutionListener NONE = new ExecutionListener() {};

    /** The execution begins, or goes on: for who may want to stop a child that it did not start itself. */
    default void begun(Execution execution) {}

    /** An event was appended to the history. */
    default void event(HistoryEvent event) {}

    /**
     * The execution moved on, or ended without success.
     *
     * @param snapshot plain JSON from which {@code Engine.redrive} goes on: the state, its input, the variables, and the
     *     branches' results of a Parallel or Map
     */
    default void moved(Map<String, @Nullable Object> snapshot) {}

    /**
     * Whether {@link #moved} is listened to. A snapshot costs work in proportion to the data, and a test needs none.
     */
    default boolean wantsSnapshots() {
        return false;
    }

    /** A distributed Map's run began, went on or ended. */
    default void mapRun(MapRunStatus run) {}

    /** Who listens to a standard child execution of a distributed Map. */
    default ExecutionListener child(ExecutionIdentity child, String mapRunArn) {
        return NONE;
    }

    /**
     * A state was entered, or a part of it was used: its rule, its retrier, its catcher.
     *
     * @param state the state's location in the definition, {@code /States/Work}
     * @param field {@code Choices}, {@code Default}, {@code Retry} or {@code Catch}; empty for the state itself
     * @param index which of them, from 0
     */
    default void reached(String state, String field, int index) {}
}
