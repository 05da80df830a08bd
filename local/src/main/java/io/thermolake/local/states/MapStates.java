package io.thermolake.local.states;

import io.thermolake.asl.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Map state that a Map Run is of, found through the history and the definition of the execution that has it. */
final class MapStates {
    private final Executions executions;
    private final Definitions definitions;
    private final Map<String, Map<String, @Nullable Object>> found = new java.util.concurrent.ConcurrentHashMap<>();

    MapStates(Executions executions, Definitions definitions) {
        this.executions = executions;
        this.definitions = definitions;
    }

    /** The state's JSON; empty when it is not to be found any more. */
    Map<String, @Nullable Object> of(String mapRunArn, @Nullable String executionArn) {
        Map<String, @Nullable Object> known = found.get(mapRunArn);
        if (known != null) {
            return known;
        }
        ExecutionRecord parent =
                executionArn == null ? null : executions.get(executionArn).orElse(null);
        ExecutionRecord.Origin origin = parent == null ? null : parent.origin();
        if (parent == null || origin == null) {
            return Map.of();
        }
        // A child of a Map Run that has a Map Run itself: its definition is in its own parent's Map state.
        String text = origin.definition() == null ? processor(parent) : definitions.text(origin.definition());
        String name = name(executions.histories().of(parent.arn()), mapRunArn);
        if (text == null || name == null) {
            return Map.of();
        }
        Map<String, @Nullable Object> state = state(Json.parse(text), name);
        found.put(mapRunArn, state);
        return state;
    }

    /** What a Map Run's child runs, as a definition of its own. */
    @Nullable
    String processor(ExecutionRecord child) {
        Map<String, @Nullable Object> map = of(String.valueOf(child.mapRunArn()), child.parent());
        Object processor = map.containsKey("ItemProcessor") ? map.get("ItemProcessor") : map.get("Iterator");
        if (!(processor instanceof Map<?, ?>)) {
            return null;
        }
        Map<String, @Nullable Object> definition = new LinkedHashMap<>(Json.object(processor));
        definition.remove("ProcessorConfig");
        return Json.text(definition);
    }

    /** How many items a child was given: one, or a batch. */
    int items(ExecutionRecord child) {
        if (!of(String.valueOf(child.mapRunArn()), child.parent()).containsKey("ItemBatcher")) {
            return 1;
        }
        return Json.list(Json.object(Json.parse(child.input())).get("Items")).size();
    }

    private static @Nullable String name(List<Map<?, ?>> history, String mapRunArn) {
        String entered = null;
        Map<Object, Map<?, ?>> byId = new LinkedHashMap<>();
        for (Map<?, ?> event : history) {
            byId.put(event.get("id"), event);
            Object details = event.get("mapRunStartedEventDetails");
            if (details instanceof Map<?, ?> started && mapRunArn.equals(started.get("mapRunArn"))) {
                Map<?, ?> before = event;
                while (before != null && entered == null) {
                    if ("MapStateEntered".equals(before.get("type"))) {
                        entered = String.valueOf(Json.object(before.get("stateEnteredEventDetails"))
                                .get("name"));
                    }
                    Object previous = before.get("previousEventId");
                    before = Objects.equals(previous, 0L) ? null : byId.get(previous);
                }
            }
        }
        return entered;
    }

    /** A state by its name, which is unique in a definition, however deep it lies. */
    static Map<String, @Nullable Object> state(@Nullable Object json, String name) {
        if (json instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> states = Json.object(map.get("States"));
            if (states.containsKey(name)) {
                return Json.object(states.get(name));
            }
            for (Object inner : map.values()) {
                Map<String, @Nullable Object> found = state(inner, name);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        } else if (json instanceof List<?> list) {
            for (Object inner : list) {
                Map<String, @Nullable Object> found = state(inner, name);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return Map.of();
    }
}
