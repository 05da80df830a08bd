package io.thermolake.asl.internal.check;

import io.thermolake.asl.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which variables have a value when a state of one scope begins: on some way to it, and on every way. A transition brings
 * with it what its own Assign says: a catcher's, a rule's, or the state's for Next and Default.
 *
 * <p>Where a state can be reached without an error, only such ways count for "every": a machine that handles an error and
 * comes back decides by what is there where to go on.
 */
final class VariableFlow {
    /** What there is on some way, and what on every way. */
    record Known(Set<String> some, Set<String> every) {
        static final Known NOTHING = new Known(Set.of(), Set.of());
    }

    private record Edge(String from, String to, Set<String> assigned, boolean caught) {}

    private final Map<String, Set<String>> some = new HashMap<>();
    private final Map<String, Set<String>> every = new HashMap<>();

    /** @param outside what the scope sees of the variables around it */
    VariableFlow(Map<String, @Nullable Object> scope, Known outside) {
        List<Edge> edges = new ArrayList<>();
        Json.object(scope.get("States")).forEach((name, state) -> edges(name, Json.object(state), edges));
        String startAt = String.valueOf(scope.get("StartAt"));
        some.put(startAt, new TreeSet<>(outside.some));
        every.put(startAt, new TreeSet<>(outside.every));
        Set<String> withoutErrors = withoutErrors(startAt, edges);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Edge edge : edges) {
                boolean afterError =
                        withoutErrors.contains(edge.to) && (edge.caught || !withoutErrors.contains(edge.from));
                changed |= some.containsKey(edge.from) && pass(edge, afterError);
            }
        }
    }

    /** The states that can be reached while nothing is caught. */
    private static Set<String> withoutErrors(String startAt, List<Edge> edges) {
        Set<String> reached = new HashSet<>(Set.of(startAt));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Edge edge : edges) {
                changed |= !edge.caught && reached.contains(edge.from) && reached.add(edge.to);
            }
        }
        return reached;
    }

    private static void edges(String name, Map<String, @Nullable Object> state, List<Edge> edges) {
        Graph.targets(state).forEach((place, to) -> {
            Map<String, @Nullable Object> assigning = state;
            int bracket = place.indexOf('[');
            if (bracket > 0) {
                int index = Integer.parseInt(place.substring(bracket + 1, place.indexOf(']')));
                assigning = Json.object(
                        Json.list(state.get(place.substring(0, bracket))).get(index));
            }
            edges.add(new Edge(name, to, Variables.names(assigning), place.startsWith("Catch")));
        });
    }

    private boolean pass(Edge edge, boolean afterError) {
        Set<String> mayArrive = plus(some.get(edge.from), edge.assigned);
        Set<String> mustArrive = plus(every.get(edge.from), edge.assigned);
        boolean first = !some.containsKey(edge.to);
        boolean more = some.computeIfAbsent(edge.to, to -> new TreeSet<>()).addAll(mayArrive);
        if (afterError) {
            return first || more;
        }
        boolean less = every.computeIfAbsent(edge.to, to -> mustArrive).retainAll(mustArrive);
        return first || more || less;
    }

    private static Set<String> plus(@Nullable Set<String> some, Set<String> more) {
        Set<String> all = new TreeSet<>(more);
        if (some != null) {
            all.addAll(some);
        }
        return all;
    }

    /** What there is when a state begins. */
    Known before(String state) {
        return new Known(some.getOrDefault(state, Set.of()), every.getOrDefault(state, Set.of()));
    }
}
