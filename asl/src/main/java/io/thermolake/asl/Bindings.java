package io.thermolake.asl;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What an expression sees: the variables in scope, {@code states}, and the source of randomness. */
record Bindings(Map<String, @Nullable Object> values, RandomGenerator random) {}
