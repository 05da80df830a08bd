package io.thermolake.asl.testing;

import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a definition a test suite has reached: every state, every rule and the Default of a Choice, every retrier
 * and every catcher, inner scopes included. Safe for any thread.
 */
public final class Coverage implements ExecutionListener {
    private final String machine;
    /** From a part's location to how often it was reached. */
    private final Map<String, Integer> parts = new TreeMap<>();

    Coverage(String machine, String definition) {
        this.machine = machine;
        scope(Json.object(Json.parse(definition)), "");
    }

    private void scope(Map<String, @Nullable Object> scope, String at) {
        Json.object(scope.get("States")).forEach((name, value) -> {
            Map<String, @Nullable Object> state = Json.object(value);
            String here = at + "/States/" + name;
            parts.put(here, 0);
            for (String field : List.of("Choices", "Retry", "Catch")) {
                for (int i = 0; i < Json.list(state.get(field)).size(); i++) {
                    parts.put(here + "/" + field + "[" + i + "]", 0);
                }
            }
            if (state.containsKey("Default")) {
                parts.put(here + "/Default", 0);
            }
            List<?> branches = Json.list(state.get("Branches"));
            for (int i = 0; i < branches.size(); i++) {
                scope(Json.object(branches.get(i)), here + "/Branches[" + i + "]");
            }
            for (String field : List.of("ItemProcessor", "Iterator")) {
                scope(Json.object(state.get(field)), here + "/" + field);
            }
        });
    }

    @Override
    public synchronized void reached(String state, String field, int index) {
        String part =
                field.isEmpty() ? state : state + "/" + field + (field.equals("Default") ? "" : "[" + index + "]");
        parts.computeIfPresent(part, (name, times) -> times + 1);
    }

    /** The machine's name. */
    public String name() {
        return machine;
    }

    /** How many parts there are. */
    public synchronized int total() {
        return parts.size();
    }

    /** The locations that nothing has reached, in order. */
    public synchronized List<String> missed() {
        return parts.entrySet().stream()
                .filter(e -> e.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The share that was reached, 0 to 100. */
    public double percent() {
        return 100.0 * (total() - missed().size()) / Math.max(1, total());
    }

    /** A table of every part and how often it was reached; what was missed is marked. */
    public synchronized String report() {
        String head = "%s: %d of %d parts reached (%.1f %%)%n"
                .formatted(machine, total() - missed().size(), total(), percent());
        return parts.entrySet().stream()
                .map(e -> "%s %6d  %s%n".formatted(e.getValue() == 0 ? "MISSED" : "      ", e.getValue(), e.getKey()))
                .collect(Collectors.joining("", head, ""));
    }
}
