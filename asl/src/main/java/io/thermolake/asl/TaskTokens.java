package io.thermolake.asl;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The task tokens that executions wait for: SendTaskSuccess, SendTaskFailure, SendTaskHeartbeat. Safe for any thread. */
public final class TaskTokens {
    /** The attempt of a task that waits. */
    interface Waiting {
        void succeeded(@Nullable Object output);

        void failed(@Nullable String error, @Nullable String cause);

        void heartbeat();
    }

    private static final int SUM = 12;

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** A UUID, and a checksum by which {@link #isOne} knows it again. */
    static String make(RandomGenerator random) {
        String id = Hashing.uuid(random);
        return id + "-" + sum(id);
    }

    private static String sum(String id) {
        return Hashing.hex("task token " + id, "SHA-256").substring(0, SUM);
    }

    /** Whether an engine made this token, which may be waited for no more, or be one of an engine before this one. */
    public static boolean isOne(String token) {
        int end = token.lastIndexOf('-');
        return end > 0 && token.substring(end + 1).equals(sum(token.substring(0, end)));
    }

    void await(String token, Waiting task) {
        waiting.put(token, task);
    }

    void forget(String token) {
        waiting.remove(token);
    }

    /** @return false when no task waits for the token: it was answered, it timed out, or it never was one */
    public boolean succeed(String token, @Nullable Object output) {
        Waiting task = waiting.remove(token);
        if (task != null) {
            task.succeeded(Json.plain(output));
        }
        return task != null;
    }

    /**
     * @param error the error's name, null for none
     * @return false when no task waits for the token
     */
    public boolean fail(String token, @Nullable String error, @Nullable String cause) {
        Waiting task = waiting.remove(token);
        if (task != null) {
            task.failed(error, cause);
        }
        return task != null;
    }

    /** Starts HeartbeatSeconds anew. @return false when no task waits for the token */
    public boolean heartbeat(String token) {
        Waiting task = waiting.get(token);
        if (task != null) {
            task.heartbeat();
        }
        return task != null;
    }
}
