package io.thermolake.asl.internal.value;

import io.thermolake.asl.internal.path.Roots;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a field's expression sees at one moment of a state.
 *
 * @param input the state's raw input
 * @param roots for JSONPath, whose {@code $} is another thing in each field; for JSONata the variables and the context
 * @param more what {@code $states} has besides input and context: {@code result}, {@code errorOutput}
 * @param notes hears each step of the data's way, for TestState's inspection data
 */
public record Frame(@Nullable Object input, Roots roots, Map<String, @Nullable Object> more, Notes notes) {
    /** Hears of a step, by the name that AWS's inspection data has for it. */
    @FunctionalInterface
    public interface Notes {
        Notes NONE = (step, value) -> {};

        void note(String step, @Nullable Object value);
    }

    /** The same with another {@code $}. */
    public Frame at(@Nullable Object document) {
        return new Frame(input, roots.at(document), more, notes);
    }

    /** The same with one more member of {@code $states}. */
    public Frame with(String key, @Nullable Object value) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(more);
        all.put(key, value);
        return new Frame(input, roots, all, notes);
    }

    public @Nullable Object document() {
        return roots.document();
    }

    /** Notes a step and hands its value on. */
    public @Nullable Object noted(String step, @Nullable Object value) {
        notes.note(step, value);
        return value;
    }
}
