package io.thermolake.asl.internal.engine;

import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.internal.path.Roots;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.StatesError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the children of a distributed Map work on: the items, read or given, each selected from, put into batches. */
final class MapInputs {
    private MapInputs() {}

    /**
     * @param given the state's items; null where an ItemReader reads them
     * @throws StatesError when they cannot be read, selected from or put together
     */
    static List<@Nullable Object> of(
            State.MapState map,
            State.Distributed distributed,
            Frame frame,
            @Nullable List<?> given,
            ObjectStore objects) {
        List<?> items =
                given == null ? Objects.requireNonNull(distributed.reader()).read(frame, objects) : given;
        List<@Nullable Object> selected = new ArrayList<>();
        for (Object item : items) {
            selected.add(map.itemSelector() == null ? item : map.itemSelector().get(at(frame, selected.size(), item)));
        }
        return distributed.batcher() == null ? selected : distributed.batcher().batches(selected, frame);
    }

    /** The frame with {@code Map.Item} in its context object. */
    private static Frame at(Frame frame, int index, @Nullable Object item) {
        Map<String, @Nullable Object> more = Groups.itemContext(index, item);
        Roots roots = new Roots(
                frame.document(),
                () -> {
                    Map<String, @Nullable Object> all =
                            new LinkedHashMap<>(frame.roots().context().get());
                    all.putAll(more);
                    return all;
                },
                frame.roots().variables(),
                frame.roots().random());
        return new Frame(frame.input(), roots, frame.more(), frame.notes());
    }
}
