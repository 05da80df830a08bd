package io.thermolake.asl.internal.items;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.PayloadLimit;
import io.thermolake.asl.internal.value.StatesError;
import io.thermolake.asl.internal.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts items together, so that one child gets many. */
public record ItemBatcher(
        @Nullable NumberField maxItems,
        @Nullable NumberField maxBytes,
        @Nullable Value batchInput) {
    /**
     * @return objects with {@code Items} and, where there is one, {@code BatchInput}
     * @throws StatesError when a bound is below one
     */
    public List<@Nullable Object> batches(List<? extends @Nullable Object> items, Frame frame) {
        long most = bound(maxItems, frame);
        long bytes = Math.min(PayloadLimit.BYTES, bound(maxBytes, frame));
        Object common = batchInput == null ? null : batchInput.get(frame);
        List<@Nullable Object> batches = new ArrayList<>();
        List<@Nullable Object> open = new ArrayList<>();
        long size = Json.bytes(Json.text(batch(common, List.of())));
        long filled = size;
        for (Object item : items) {
            long more = Json.bytes(Json.text(item)) + 1L;
            if (!open.isEmpty() && (open.size() >= most || filled + more > bytes)) {
                batches.add(batch(common, open));
                open = new ArrayList<>();
                filled = size;
            }
            open.add(item);
            filled += more;
        }
        if (!open.isEmpty()) {
            batches.add(batch(common, open));
        }
        return batches;
    }

    private static long bound(@Nullable NumberField field, Frame frame) {
        if (field == null) {
            return Long.MAX_VALUE;
        }
        long bound = field.whole(frame);
        if (bound < 1) {
            throw StatesError.runtime("The " + field.field() + " field must be a positive integer but is " + bound);
        }
        return bound;
    }

    private Map<String, @Nullable Object> batch(@Nullable Object common, List<@Nullable Object> items) {
        Map<String, @Nullable Object> batch = new LinkedHashMap<>();
        if (batchInput != null) {
            batch.put("BatchInput", common);
        }
        batch.put("Items", items);
        return batch;
    }
}
