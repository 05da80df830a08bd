package io.thermolake.asl.internal.engine;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.value.StatesError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one branch, which reads the outer ones besides, within AWS's limits ("Passing data between states with
 * variables"): 256 KiB an Assign, 10 MiB an execution. The guide names no error for them; here it is the one of a payload
 * that is too large.
 */
final class VariableScope {
    static final int ASSIGN_LIMIT = 262_144;
    static final long TOTAL_LIMIT = 10_485_760;

    /** Bytes of all scopes of one execution. */
    private static final class Total {
        private long bytes;
    }

    private final @Nullable VariableScope outer;
    private final Total total;
    /** Maps of their own only when something is assigned: many branches assign nothing. */
    private Map<String, @Nullable Object> values = Map.of();

    private Map<String, Integer> sizes = Map.of();

    VariableScope(@Nullable VariableScope outer) {
        this.outer = outer;
        this.total = outer == null ? new Total() : outer.total;
    }

    /** All that can be read: an inner variable hides none, since AWS lets no two scopes assign the same name. */
    Map<String, @Nullable Object> visible() {
        Map<String, @Nullable Object> visible = outer == null ? new LinkedHashMap<>() : outer.visible();
        visible.putAll(values);
        return visible;
    }

    /** The scope's own, to go on from. */
    Map<String, @Nullable Object> own() {
        return new LinkedHashMap<>(values);
    }

    /** Takes what a snapshot or a test begins with, whatever its size. */
    void begin(Map<String, @Nullable Object> given) {
        given.forEach((name, value) -> put(name, value, Json.bytes(Json.text(value))));
    }

    /**
     * @return each value as JSON text
     * @throws StatesError {@code States.DataLimitExceeded}, with nothing assigned
     */
    Map<String, @Nullable Object> assign(Map<String, @Nullable Object> assigned, String state) {
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        Map<String, Integer> bytes = new HashMap<>();
        long all = 0;
        long after = total.bytes;
        for (Map.Entry<String, @Nullable Object> each : assigned.entrySet()) {
            String text = Json.text(each.getValue());
            int size = Json.bytes(text);
            texts.put(each.getKey(), text);
            bytes.put(each.getKey(), size);
            all += size;
            after += size - sizes.getOrDefault(each.getKey(), 0);
        }
        if (all > ASSIGN_LIMIT) {
            throw StatesError.given(
                    StatesError.DATA_LIMIT,
                    "The state '" + state + "' assigns variables of " + all + " bytes, more than " + ASSIGN_LIMIT
                            + ".");
        }
        if (after > TOTAL_LIMIT) {
            throw StatesError.given(
                    StatesError.DATA_LIMIT,
                    "The state '" + state + "' would bring the variables of the execution to " + after
                            + " bytes, more than " + TOTAL_LIMIT + ".");
        }
        assigned.forEach((name, value) -> put(name, value, bytes.getOrDefault(name, 0)));
        return texts;
    }

    private void put(String name, @Nullable Object value, int size) {
        if (values.isEmpty()) {
            values = new LinkedHashMap<>();
        }
        if (sizes.isEmpty()) {
            sizes = new HashMap<>();
        }
        Integer before = sizes.put(name, size);
        total.bytes += size - (before == null ? 0 : before);
        values.put(name, value);
    }

    /** The branch is over: what it holds no longer counts. It can still be read, for a snapshot. */
    void close() {
        for (int size : sizes.values()) {
            total.bytes -= size;
        }
        sizes = Map.of();
    }
}
