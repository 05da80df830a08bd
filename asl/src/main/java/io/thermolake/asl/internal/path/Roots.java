package io.thermolake.asl.internal.path;

import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a path may start from.
 *
 * @param document {@code $}
 * @param context {@code $$}, made only when a path asks for it
 * @param variables {@code $name}, those in scope
 * @param random for {@code States.MathRandom} and {@code States.UUID}
 */
public record Roots(
        @Nullable Object document,
        Supplier<? extends Map<String, @Nullable Object>> context,
        Map<String, @Nullable Object> variables,
        RandomGenerator random) {
    /** The same with another document. */
    public Roots at(@Nullable Object other) {
        return new Roots(other, context, variables, random);
    }
}
