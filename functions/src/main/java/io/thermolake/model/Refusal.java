package io.thermolake.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A room that a quota left without what it needed.
 *
 * @param why the refusal, with what to request
 * @param scored whether it was scored nevertheless
 */
public record Refusal(String room, String why, boolean scored) {
    private static final int MOST_NAMES = 20;

    public Refusal {
        requireNonNull(room, "refusal.room is null");
        requireNonNull(why, "refusal.why is null");
    }

    /** One sentence or two for each quota, however many rooms it met. */
    public static List<String> told(List<Refusal> refusals) {
        Map<String, List<Refusal>> byQuota = new LinkedHashMap<>();
        refusals.forEach(
                r -> byQuota.computeIfAbsent(r.why(), why -> new ArrayList<>()).add(r));
        return byQuota.entrySet().stream()
                .map(e -> e.getKey() + "."
                        + rooms(
                                " Detected without SageMaker, by a forest of the functions' own: %s.",
                                e.getValue(), true)
                        + rooms(" Not detected: %s.", e.getValue(), false))
                .toList();
    }

    private static String rooms(String words, List<Refusal> refusals, boolean scored) {
        List<String> names = refusals.stream()
                .filter(r -> r.scored() == scored)
                .map(Refusal::room)
                .sorted()
                .toList();
        if (names.isEmpty()) {
            return "";
        }
        String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        int more = names.size() - MOST_NAMES;
        return words.formatted(more > 0 ? shown + " and %d more".formatted(more) : shown);
    }
}
