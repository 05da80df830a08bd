package io.thermolake.asl;

import java.util.concurrent.CompletionStage;

/** What does the work of a Task state's resource. */
@FunctionalInterface
public interface TaskHandler {
    /**
     * Starts the work and returns at once. For a resource that ends with {@code .waitForTaskToken} the answer is only that
     * the work was taken: the result comes with the token.
     *
     * @return completes with the result as plain Java (see {@link Json}), or exceptionally: a {@link TaskException} names
     *     the error, anything else becomes {@code States.TaskFailed}
     */
    CompletionStage<?> start(TaskRequest request);
}
