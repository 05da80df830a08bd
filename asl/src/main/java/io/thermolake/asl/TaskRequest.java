package io.thermolake.asl;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a Task.
 *
 * @param resource the state's Resource
 * @param arguments the evaluated Arguments or Parameters, or the state's input where there are none
 * @param stateName the state
 * @param context the context object
 * @param token the task token of {@code .waitForTaskToken} and of an activity, or null
 * @param tokens takes the token back, with the answer
 * @param credentials the evaluated Credentials, or null
 * @param submitted a handler of {@code .sync} tells it the answer of the service that took the work
 * @param cancelled completes when the execution no longer wants the answer: on a timeout, a stop, a sibling's failure
 */
public record TaskRequest(
        String resource,
        @Nullable Object arguments,
        String stateName,
        Map<String, @Nullable Object> context,
        @Nullable String token,
        TaskTokens tokens,
        @Nullable Object credentials,
        Consumer<@Nullable Object> submitted,
        CompletableFuture<Void> cancelled) {
    /** The attempt of its state, from 0: {@code $$.State.RetryCount}. */
    public int retryCount() {
        Object count = Json.object(context.get("State")).get("RetryCount");
        return count instanceof Number number ? number.intValue() : 0;
    }
}
