package io.thermolake.asl.internal.jsonata;

import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may name.
 *
 * @param input {@code $states.input}
 * @param context {@code $states.context}, made only when an expression asks for it
 * @param more what else {@code $states} has
 * @param variables {@code $name}
 * @param random for {@code $random} and {@code $uuid}
 */
public record Bindings(
        @Nullable Object input,
        Supplier<? extends Map<String, @Nullable Object>> context,
        Map<String, @Nullable Object> more,
        Map<String, @Nullable Object> variables,
        RandomGenerator random) {}
