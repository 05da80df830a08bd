package io.thermolake.asl.internal.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field's value, compiled once: a literal, a template of either query language, or a path. */
@FunctionalInterface
public interface Value {
    /** @throws StatesError when the field cannot be evaluated against the data at hand */
    @Nullable
    Object get(Frame frame);

    static Value literal(@Nullable Object value) {
        return frame -> value;
    }

    /** An object whose members are evaluated in their order. */
    static Value object(Map<String, Value> members) {
        return frame -> {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            members.forEach((k, v) -> out.put(k, v.get(frame)));
            return out;
        };
    }

    /** An array whose elements are evaluated in their order. */
    static Value array(List<Value> elements) {
        return frame -> {
            List<@Nullable Object> out = new ArrayList<>();
            elements.forEach(e -> out.add(e.get(frame)));
            return out;
        };
    }
}
