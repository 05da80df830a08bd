package io.thermolake.asl.internal.check;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.state.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether every transition leads somewhere and every state can be reached, scope by scope, as AWS asks. It goes by the
 * text, so that a state with a fault of its own has its transitions checked, too.
 */
public final class Graph {
    private static final String TARGET = "MISSING_TRANSITION_TARGET";
    private final Problems problems;

    public Graph(Problems problems) {
        this.problems = problems;
    }

    /** @param scope what could be compiled of it */
    public void check(State.Scope scope, Map<String, @Nullable Object> json, String at) {
        Map<String, @Nullable Object> all = Json.object(json.get("States"));
        Object startAt = json.get("StartAt");
        if (startAt instanceof String start && !all.containsKey(start)) {
            missing(start, at + "/StartAt");
        }
        all.forEach((name, value) -> {
            Map<String, @Nullable Object> state = Json.object(value);
            String here = at + "/States/" + name;
            targets(state).forEach((where, target) -> {
                if (!all.containsKey(target)) {
                    missing(target, here + "/" + where);
                }
            });
            inner(scope.states().get(name), state, here);
        });
        // What has no type has no way out that could be judged.
        if (startAt instanceof String start && scope.states().size() == all.size() && !all.isEmpty()) {
            ways(all, start, at);
        }
    }

    private void missing(String target, String location) {
        problems.error(TARGET, "Missing 'Next' target: " + target, location);
    }

    private void inner(@Nullable State state, Map<String, @Nullable Object> json, String here) {
        List<State.Scope> compiled = state == null ? List.of() : state.inner();
        List<Map.Entry<String, Map<String, @Nullable Object>>> inner =
                new ArrayList<>(Names.inner(json, here).entrySet());
        inner.removeIf(each -> each.getValue().isEmpty());
        for (int i = 0; i < Math.min(compiled.size(), inner.size()); i++) {
            check(compiled.get(i), inner.get(i).getValue(), inner.get(i).getKey());
        }
    }

    /** AWS asks for an end only of the whole machine, and then leaves out who cannot be reached. */
    private void ways(Map<String, @Nullable Object> all, String startAt, String at) {
        if (at.isEmpty() && all.values().stream().noneMatch(state -> isTerminal(Json.object(state)))) {
            problems.error("MISSING_END_STATE", "Workflow has no terminal state", null);
            return;
        }
        Set<String> reached = all.containsKey(startAt) ? reached(all, startAt) : ledTo(all);
        all.keySet().stream()
                .filter(name -> !reached.contains(name))
                .forEach(name ->
                        problems.error(TARGET, "State \"" + name + "\" is not reachable.", at + "/States/" + name));
    }

    private static boolean isTerminal(Map<String, @Nullable Object> state) {
        Object type = Objects.requireNonNullElse(state.get("Type"), "");
        return type.equals("Succeed")
                || type.equals("Fail")
                // Without a Next it ends, or has a fault that has been told.
                || (!type.equals("Choice") && !(state.get("Next") instanceof String));
    }

    private static Set<String> reached(Map<String, @Nullable Object> all, String startAt) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(startAt));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (reached.add(name)) {
                targets(Json.object(all.get(name))).values().forEach(open::push);
            }
        }
        return reached;
    }

    /** Without a start, only who has no way to it is told. */
    private static Set<String> ledTo(Map<String, @Nullable Object> all) {
        Set<String> led = new HashSet<>();
        all.values().forEach(state -> led.addAll(targets(Json.object(state)).values()));
        return led;
    }

    /** Where a state may go, by the place in it that says so. */
    static Map<String, String> targets(Map<String, @Nullable Object> state) {
        Map<String, String> targets = new LinkedHashMap<>();
        target(state, "Next", "", targets);
        for (String field : List.of("Catch", "Choices")) {
            List<?> all = Json.list(state.get(field));
            for (int i = 0; i < all.size(); i++) {
                target(Json.object(all.get(i)), "Next", field + "[" + i + "]/", targets);
            }
        }
        target(state, "Default", "", targets);
        return targets;
    }

    private static void target(
            Map<String, @Nullable Object> json, String field, String at, Map<String, String> targets) {
        if (json.get(field) instanceof String target) {
            targets.put(at + field, target);
        }
    }
}
