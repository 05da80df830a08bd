package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.items.ResultWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The children of a distributed Map in their order, and how many of them are where. */
final class MapChildren {
    private final List<MapChild> all;
    private int next;
    private int active;
    private int succeeded;
    private int failed;

    private MapChildren(List<MapChild> all) {
        this.all = all;
    }

    static MapChildren of(List<? extends @Nullable Object> inputs) {
        return new MapChildren(inputs.stream().map(MapChild::new).toList());
    }

    /** The children as an earlier run left them. */
    static MapChildren restored(Map<String, @Nullable Object> snapshot, String roleArn) {
        List<?> inputs = Json.list(snapshot.get("inputs"));
        List<?> then = Json.list(snapshot.get("children"));
        List<MapChild> all = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            all.add(MapChild.restored(inputs.get(i), Json.object(then.get(i)), roleArn));
        }
        MapChildren children = new MapChildren(all);
        all.stream().filter(MapChild::isOver).forEach(children::count);
        return children;
    }

    private void count(MapChild child) {
        if (child.hasSucceeded()) {
            succeeded++;
        } else {
            failed++;
        }
    }

    Map<String, @Nullable Object> snapshot() {
        Map<String, @Nullable Object> snapshot = details(
                "inputs", new ArrayList<>(all.stream().map(MapChild::input).toList()));
        snapshot.put(
                "children", new ArrayList<>(all.stream().map(MapChild::snapshot).toList()));
        return snapshot;
    }

    /** The next one that is not over, which then counts as active; null when there is none any more. */
    @Nullable
    MapChild startNext() {
        while (next < all.size()) {
            MapChild child = all.get(next++);
            if (!child.isOver()) {
                active++;
                return child;
            }
        }
        return null;
    }

    void ended(MapChild child) {
        active--;
        count(child);
    }

    void stop() {
        all.forEach(MapChild::stop);
    }

    boolean areOver() {
        return active == 0 && next >= all.size();
    }

    int total() {
        return all.size();
    }

    int active() {
        return active;
    }

    int succeeded() {
        return succeeded;
    }

    int failed() {
        return failed;
    }

    /** Those that are over, as the result files have them. */
    List<ResultWriter.Child> results() {
        return all.stream().map(MapChild::ended).filter(Objects::nonNull).toList();
    }

    /** What came out of those that succeeded. */
    List<@Nullable Object> outputs() {
        List<@Nullable Object> outputs = new ArrayList<>();
        all.stream()
                .filter(MapChild::hasSucceeded)
                .forEach(child ->
                        outputs.add(Objects.requireNonNull(child.ended()).output()));
        return outputs;
    }
}
