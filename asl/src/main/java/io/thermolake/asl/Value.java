package io.thermolake.asl;

import org.jspecify.annotations.Nullable;

/** A field's value, compiled once: a literal, a template of either query language, or a path. */
@FunctionalInterface
interface Value {
    /** @throws StatesError when the field cannot be evaluated against the data at hand */
    @Nullable
    Object get(Frame frame);

    static Value literal(@Nullable Object value) {
        return frame -> value;
    }
}
