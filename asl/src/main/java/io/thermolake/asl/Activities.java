package io.thermolake.asl;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The activities' work that no worker has taken yet, first come first served. Safe for any thread. */
public interface Activities {
    /**
     * What a worker takes: GetActivityTask's answer.
     *
     * @param token to answer with through {@link TaskTokens}
     */
    record Task(String token, @Nullable Object input) {}

    /** How much work waits, by activity; an activity without any is not in it. */
    Map<String, Integer> waiting();

    /**
     * Takes the next piece of work, now or when there is one. Who waits no longer completes or cancels the future: it then
     * takes nothing.
     *
     * @param worker its name, for the history
     */
    CompletableFuture<Task> take(String activityArn, String worker);

    /**
     * Takes the next piece of work, if there is one.
     *
     * @param worker its name, for the history
     */
    Optional<Task> poll(String activityArn, String worker);
}
