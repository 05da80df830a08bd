package io.thermolake.asl;

import java.util.concurrent.CompletionStage;

/** What does the work of a Task state's resource. */
@FunctionalInterface
public interface TaskHandler {
    /**
     * Starts the work and returns at once.
     *
     * @return completes with the result as plain Java (see {@link Json}), or exceptionally: a {@link TaskException} names
     *     the error, anything else becomes {@code States.TaskFailed}
     */
    CompletionStage<?> start(TaskRequest request);
}
