package io.thermolake.asl.internal.check;

import io.thermolake.asl.internal.state.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Warnings of loops that no Choice, no catcher and no end leaves: they run until the history is full. */
final class Loops {
    private final Problems problems;
    private final State.Scope scope;

    Loops(Problems problems, State.Scope scope) {
        this.problems = problems;
        this.scope = scope;
    }

    void check(String at) {
        for (Map.Entry<String, State> each : scope.states().entrySet()) {
            Set<String> circle = circle(each.getKey());
            boolean leaves = circle.stream()
                    .flatMap(name -> targets(name).stream())
                    .anyMatch(target -> !circle.contains(target));
            if (!circle.isEmpty() && !leaves && each.getKey().equals(new TreeSet<>(circle).first())) {
                problems.warning(
                        "UNBOUNDED_LOOP",
                        "No transition leaves the loop of " + new TreeSet<>(circle)
                                + ": it runs until the history of 25,000 events is full",
                        at + "/States/" + each.getKey());
            }
        }
    }

    /** The states that are reached from one and lead back to it. */
    private Set<String> circle(String name) {
        Set<String> circle = new HashSet<>();
        for (String other : from(name)) {
            if (from(other).contains(name)) {
                circle.add(other);
            }
        }
        return circle;
    }

    private Set<String> from(String name) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(targets(name));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (scope.states().containsKey(next) && seen.add(next)) {
                open.addAll(targets(next));
            }
        }
        return seen;
    }

    private List<String> targets(String name) {
        State state = scope.states().get(name);
        return state == null ? List.of() : state.targets();
    }
}
