package io.thermolake.asl.internal.engine;

import io.thermolake.asl.Json;
import io.thermolake.asl.TaskTokens;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who waits for which token. */
final class PendingTokens implements TaskTokens {
    /** The attempt of a task that waits. */
    interface Waiting {
        void succeeded(@Nullable Object output);

        void failed(@Nullable String error, @Nullable String cause);

        void heartbeat();
    }

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    void await(String token, Waiting task) {
        waiting.put(token, task);
    }

    void forget(String token) {
        waiting.remove(token);
    }

    @Override
    public boolean succeed(String token, @Nullable Object output) {
        Waiting task = waiting.remove(token);
        if (task != null) {
            task.succeeded(Json.plain(output));
        }
        return task != null;
    }

    @Override
    public boolean fail(String token, @Nullable String error, @Nullable String cause) {
        Waiting task = waiting.remove(token);
        if (task != null) {
            task.failed(error, cause);
        }
        return task != null;
    }

    @Override
    public boolean heartbeat(String token) {
        Waiting task = waiting.get(token);
        if (task != null) {
            task.heartbeat();
        }
        return task != null;
    }
}
