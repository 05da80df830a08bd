package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.state.Flow;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.PathField;
import io.thermolake.asl.internal.value.StatesError;
import io.thermolake.asl.internal.value.Template;
import io.thermolake.asl.internal.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what runs inside of a Parallel or a Map, from the state's fields as they are at that moment. */
final class Groups {
    /** AWS's bound of an inline Map's iterations at once, "MaxConcurrency" in the guide. */
    private static final int INLINE_CONCURRENCY = 40;

    private Groups() {}

    /**
     * @param owner in a Parallel or a Map
     * @throws StatesError when a field cannot be evaluated
     */
    static Group of(StateRun owner) {
        State state = owner.state();
        return state instanceof State.Parallel parallel
                ? parallel(owner, parallel)
                : map(owner, (State.MapState) state);
    }

    private static Group parallel(StateRun owner, State.Parallel parallel) {
        Object branchInput = parallel.common().flow().arguments(owner.data().effective());
        owner.branch().trail().add("ParallelStateStarted", "", Map.of());
        List<Children.Plan> plans = parallel.branches().stream()
                .map(branch -> new Children.Plan(branch, branchInput, Map.of()))
                .toList();
        return new Children(owner, plans, false, plans.size());
    }

    private static Group map(StateRun owner, State.MapState map) {
        Frame frame = owner.data().effective();
        long bound = map.maxConcurrency().whole(frame);
        if (bound < 0) {
            throw StatesError.runtime("MaxConcurrency cannot be negative.");
        }
        State.Distributed distributed = map.distributed();
        if (distributed != null) {
            List<?> items = distributed.reader() == null ? items(map, frame) : null;
            mapStarted(owner, items == null ? 0 : items.size());
            return new MapRun(owner, map, distributed, frame, items, bound);
        }
        List<Children.Plan> plans = new ArrayList<>();
        for (Object item : items(map, frame)) {
            Map<String, @Nullable Object> itemContext = itemContext(plans.size(), item);
            plans.add(new Children.Plan(
                    map.processor(),
                    map.itemSelector() == null
                            ? item
                            : map.itemSelector()
                                    .get(owner.data().frame(itemContext).at(frame.document())),
                    itemContext));
        }
        mapStarted(owner, plans.size());
        return new Children(owner, plans, true, bound == 0 ? INLINE_CONCURRENCY : Math.min(bound, INLINE_CONCURRENCY));
    }

    private static void mapStarted(StateRun owner, int length) {
        owner.branch().trail().add("MapStateStarted", "mapStateStartedEventDetails", details("length", (long) length));
    }

    private static List<?> items(State.MapState map, Frame frame) {
        Value field = map.items();
        Object items = frame.noted(
                field instanceof Template ? "afterItems" : "afterItemsPath",
                field == null
                        ? frame.document()
                        : field instanceof Template template ? template.get(frame, "array") : field.get(frame));
        if (items instanceof List<?> list) {
            return list;
        }
        if (map.common().flow() instanceof Flow.Jsonata) {
            throw StatesError.evaluation("Map state input must be an array but was: " + Json.text(items), null);
        }
        String path = field instanceof PathField given ? given.path().text() : "$";
        throw StatesError.runtime("Reference path \"" + path + "\" must point to array.");
    }

    static Map<String, @Nullable Object> itemContext(int index, @Nullable Object value) {
        Map<String, @Nullable Object> item = details("Index", (long) index);
        item.put("Value", value);
        return details("Map", details("Item", item));
    }

    /** Notes what TestState tells of a Map that is not run. */
    static void inspect(State.MapState map, Frame frame, Inspection by) {
        by.note("maxConcurrency", map.maxConcurrency().whole(frame));
        if (map.distributed() != null) {
            NumberField count = map.distributed().toleratedCount();
            NumberField percentage = map.distributed().toleratedPercentage();
            if (count.isGiven()) {
                by.note("toleratedFailureCount", count.whole(frame));
            }
            if (percentage.isGiven()) {
                by.note("toleratedFailurePercentage", percentage.number(frame));
            }
        }
    }
}
