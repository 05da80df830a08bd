package io.thermolake.asl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether every transition leads somewhere and every state can be reached, scope by scope, as AWS asks. */
final class Graph {
    private static final String TARGET = "MISSING_TRANSITION_TARGET";
    private final Problems problems;

    Graph(Problems problems) {
        this.problems = problems;
    }

    void check(State.Scope scope, Map<String, ?> json, String at) {
        Map<String, ?> all = Json.object(json.get("States"));
        if (!all.containsKey(scope.startAt())) {
            problems.error(TARGET, "Missing 'Next' target: " + scope.startAt(), at + "/StartAt");
        }
        scope.states().forEach((name, state) -> {
            String here = at + "/States/" + name;
            targets(state, here, all.keySet());
            inner(state, Json.object(all.get(name)), here);
        });
        // AWS asks for an end only of the whole machine, and then leaves out who cannot be reached.
        boolean ends = scope.states().values().stream().anyMatch(Graph::isTerminal);
        if (at.isEmpty() && !ends && scope.states().size() == all.size()) {
            problems.error("MISSING_END_STATE", "Workflow has no terminal state", null);
        } else if (all.containsKey(scope.startAt()) && scope.states().size() == all.size()) {
            unreachable(scope, at);
        }
    }

    private static boolean isTerminal(State state) {
        return state instanceof State.Succeed
                || state instanceof State.Fail
                || (!(state instanceof State.Choice) && state.common().next() == null);
    }

    private void inner(State state, Map<String, ?> json, String here) {
        if (state instanceof State.Parallel parallel) {
            List<?> branches = Json.list(json.get("Branches"));
            for (int i = 0; i < parallel.branches().size(); i++) {
                check(parallel.branches().get(i), Json.object(branches.get(i)), here + "/Branches[" + i + "]");
            }
        } else if (state instanceof State.MapState map) {
            String name = json.containsKey("Iterator") ? "Iterator" : "ItemProcessor";
            check(map.processor(), Json.object(json.get(name)), here + "/" + name);
        }
    }

    private void targets(State state, String here, Set<String> known) {
        target(state.common().next(), here + "/Next", known);
        List<State.Catcher> catchers = state.common().catchers();
        for (int i = 0; i < catchers.size(); i++) {
            target(catchers.get(i).next(), here + "/Catch[" + i + "]/Next", known);
        }
        if (state instanceof State.Choice choice) {
            for (int i = 0; i < choice.rules().size(); i++) {
                target(choice.rules().get(i).next(), here + "/Choices[" + i + "]/Next", known);
            }
            target(choice.defaultNext(), here + "/Default", known);
        }
    }

    private void target(@org.jspecify.annotations.Nullable String target, String location, Set<String> known) {
        if (target != null && !target.isEmpty() && !known.contains(target)) {
            problems.error(TARGET, "Missing 'Next' target: " + target, location);
        }
    }

    private void unreachable(State.Scope scope, String at) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(scope.startAt()));
        while (!open.isEmpty()) {
            State state = scope.states().get(open.pop());
            if (state != null && seen.add(state.common().name())) {
                state.targets().forEach(open::push);
            }
        }
        scope.states().keySet().stream()
                .filter(name -> !seen.contains(name))
                .forEach(name ->
                        problems.error(TARGET, "State \"" + name + "\" is not reachable.", at + "/States/" + name));
    }
}
