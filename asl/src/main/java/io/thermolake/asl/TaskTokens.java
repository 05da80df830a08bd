package io.thermolake.asl;

import io.thermolake.asl.internal.base.Hashing;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The task tokens that executions wait for: SendTaskSuccess, SendTaskFailure, SendTaskHeartbeat. Safe for any thread. */
public interface TaskTokens {
    /** @return false when no task waits for the token: it was answered, it timed out, or it never was one */
    boolean succeed(String token, @Nullable Object output);

    /**
     * @param error the error's name, null for none
     * @return false when no task waits for the token
     */
    boolean fail(String token, @Nullable String error, @Nullable String cause);

    /**
     * Starts HeartbeatSeconds anew.
     *
     * @return false when no task waits for the token
     */
    boolean heartbeat(String token);

    /** A UUID, and a checksum by which {@link #isOne} knows it again. */
    static String make(RandomGenerator random) {
        String id = Hashing.uuid(random);
        return id + "-" + sum(id);
    }

    private static String sum(String id) {
        return Hashing.hex("task token " + id, "SHA-256").substring(0, 12);
    }

    /** Whether an engine made this token, which may be waited for no more, or be one of an engine before this one. */
    static boolean isOne(String token) {
        int end = token.lastIndexOf('-');
        return end > 0 && token.substring(end + 1).equals(sum(token.substring(0, end)));
    }
}
