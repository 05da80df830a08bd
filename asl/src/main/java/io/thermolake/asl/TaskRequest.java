package io.thermolake.asl;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a Task.
 *
 * @param resource the state's Resource
 * @param arguments the evaluated Arguments, or the state's input where there are none
 * @param stateName the state
 * @param context the context object
 * @param cancelled completes when the execution no longer wants the answer: on a timeout, a stop, a sibling's failure
 */
public record TaskRequest(
        String resource,
        @Nullable Object arguments,
        String stateName,
        Map<String, @Nullable Object> context,
        CompletableFuture<Void> cancelled) {}
