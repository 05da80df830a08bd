package io.thermolake.asl;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One run of a definition, as who started it sees it. */
public interface Execution {
    /** How the execution ended; never completes exceptionally. */
    CompletableFuture<ExecutionResult> result();

    /** Aborts the execution: tasks in flight are cancelled. No effect when it is over. */
    void stop(@Nullable String error, @Nullable String cause);
}
