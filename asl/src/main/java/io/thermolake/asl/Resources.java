package io.thermolake.asl;

import org.jspecify.annotations.Nullable;

/** From a resource's ARN to what does the work. */
@FunctionalInterface
public interface Resources {
    /** The handler of a resource, or null where there is none: the state then fails with {@code States.Runtime}. */
    @Nullable
    TaskHandler find(String resource);
}
