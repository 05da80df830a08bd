package io.thermolake.model.store;

import static java.util.Objects.requireNonNull;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.promotion.Drift;
import java.util.List;
import java.util.SortedMap;

/** What a room's score index says of its days; scoring itself, which depends on training, has the whole of it. */
final class ScoredDays {
    private record Index(String model, SortedMap<String, Date> dates) {}

    private record Date(long readings, long above) {}

    private final LakeStore store;

    ScoredDays(LakeStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    /** The days that a version has scored and not learned from, in the order of time. @param lastDay that it learned from */
    List<Drift.Day> after(String room, String version, String lastDay) {
        return store.find(LakeLayout.scoreIndex(room), Index.class)
                .filter(index -> index.model().equals(version))
                .map(index -> index.dates().entrySet().stream()
                        .filter(date -> date.getKey().compareTo(lastDay) > 0)
                        .map(date -> new Drift.Day(
                                date.getValue().readings(), date.getValue().above()))
                        .toList())
                .orElse(List.of());
    }
}
