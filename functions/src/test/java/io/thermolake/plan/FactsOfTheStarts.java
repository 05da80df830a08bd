package io.thermolake.plan;

import java.util.Map;

/** What the package keeps to itself, for {@code facts.json}: how long a start waits for what arrives together. */
public final class FactsOfTheStarts {
    private FactsOfTheStarts() {}

    public static Map<String, Object> times() {
        return Map.of(
                "historyWindow", HistoryStarts.WINDOW.toString(),
                "historySettle", HistoryStarts.SETTLE.toString());
    }
}
