package io.thermolake.asl;

import static io.thermolake.asl.Execution.details;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The branches of a Parallel or the iterations of a Map: started up to a bound, gathered in order, all or nothing. */
final class Children {
    private final Branch owner;
    private final List<State.Scope> scopes = new ArrayList<>();
    private final List<@Nullable Object> inputs = new ArrayList<>();
    private final List<@Nullable Object> items = new ArrayList<>();
    private final boolean isMap;
    private final int maxConcurrency;
    private final @Nullable Branch[] running;
    private final @Nullable Object[] outputs;
    private final boolean[] done;
    private int next;
    private int active;
    private int succeeded;
    private boolean cancelled;

    Children(Branch owner, State.Parallel parallel, @Nullable Object input) {
        this.owner = owner;
        this.isMap = false;
        parallel.branches().forEach(branch -> {
            scopes.add(branch);
            inputs.add(input);
            items.add(null);
        });
        this.maxConcurrency = scopes.size();
        running = new Branch[scopes.size()];
        outputs = new Object[scopes.size()];
        done = new boolean[scopes.size()];
    }

    Children(Branch owner, State.InlineMap map, List<?> all) {
        this.owner = owner;
        this.isMap = true;
        Object bound = map.maxConcurrency() == null ? 0L : owner.evaluateForChildren(map.maxConcurrency(), Map.of());
        if (!(bound instanceof Long) || (Long) bound < 0) {
            throw new StatesError(
                    StatesError.QUERY,
                    "MaxConcurrency must be a whole number, not negative, but is " + Json.text(bound),
                    "MaxConcurrency");
        }
        // AWS: an inline Map runs at most 40 iterations at once, and 0 means no bound of one's own.
        this.maxConcurrency = (Long) bound == 0 ? 40 : (int) Math.min((Long) bound, 40);
        for (Object item : all) {
            scopes.add(map.processor());
            items.add(item);
            inputs.add(
                    map.itemSelector() == null
                            ? item
                            : owner.evaluateForChildren(
                                    map.itemSelector(),
                                    details("context", owner.contextWith("Map", itemContext(items.size() - 1, item)))));
        }
        running = new Branch[scopes.size()];
        outputs = new Object[scopes.size()];
        done = new boolean[scopes.size()];
    }

    int size() {
        return scopes.size();
    }

    void start() {
        if (scopes.isEmpty()) {
            finish();
            return;
        }
        startMore();
    }

    private void startMore() {
        while (next < scopes.size() && active < maxConcurrency && !cancelled) {
            int index = next++;
            Branch branch = branch(index);
            iteration("MapIterationStarted", index);
            branch.hang(owner.lastEventId());
            branch.enter(scopes.get(index).startAt(), inputs.get(index));
        }
    }

    private Branch branch(int index) {
        Branch branch = new Branch(
                owner.execution(),
                owner,
                scopes.get(index),
                isMap ? details("Map", itemContext(index, items.get(index))) : Map.of(),
                new Branch.End() {
                    @Override
                    public void succeeded(@Nullable Object output) {
                        ended(index, output);
                    }

                    @Override
                    public void failed(StatesError error) {
                        if (!cancelled) {
                            Branch failed = running[index];
                            if (failed != null) {
                                owner.hang(failed.lastEventId());
                            }
                            iteration("MapIterationFailed", index);
                            owner.error(error);
                        }
                    }
                });
        running[index] = branch;
        active++;
        return branch;
    }

    private void ended(int index, @Nullable Object output) {
        Branch branch = running[index];
        if (cancelled || branch == null) {
            return;
        }
        owner.hang(branch.lastEventId());
        iteration("MapIterationSucceeded", index);
        outputs[index] = output;
        done[index] = true;
        running[index] = null;
        active--;
        succeeded++;
        if (succeeded == scopes.size()) {
            finish();
        } else {
            owner.execution().moved();
            startMore();
        }
    }

    private void finish() {
        owner.event(isMap ? "MapStateSucceeded" : "ParallelStateSucceeded", "", Map.of());
        List<@Nullable Object> all = new ArrayList<>(outputs.length);
        for (Object output : outputs) {
            all.add(output);
        }
        owner.complete(all);
    }

    private void iteration(String type, int index) {
        if (isMap) {
            owner.event(type, key(type), details("index", (long) index));
        }
    }

    private static String key(String type) {
        return Character.toLowerCase(type.charAt(0)) + type.substring(1) + "EventDetails";
    }

    private static Map<String, @Nullable Object> itemContext(int index, @Nullable Object value) {
        Map<String, @Nullable Object> item = details("Index", (long) index);
        item.put("Value", value);
        return details("Item", item);
    }

    void cancel() {
        cancelled = true;
        for (Branch branch : running) {
            if (branch != null) {
                branch.cancel();
            }
        }
    }

    List<@Nullable Object> snapshot() {
        List<@Nullable Object> all = new ArrayList<>();
        for (int i = 0; i < done.length; i++) {
            Branch branch = running[i];
            all.add(
                    done[i]
                            ? details("output", outputs[i])
                            : branch == null ? null : details("frame", branch.snapshot()));
        }
        return all;
    }

    /** Keeps what had succeeded, goes on with what had begun, starts the rest. */
    void restore(List<?> saved) {
        List<Map<String, @Nullable Object>> frames = new ArrayList<>();
        List<Integer> begun = new ArrayList<>();
        for (int i = 0; i < done.length && i < saved.size(); i++) {
            Map<String, @Nullable Object> one = Json.object(saved.get(i));
            if (one.containsKey("output")) {
                outputs[i] = one.get("output");
                done[i] = true;
                succeeded++;
            } else if (one.containsKey("frame")) {
                begun.add(i);
                frames.add(Json.object(one.get("frame")));
            }
        }
        if (succeeded == done.length) {
            finish();
            return;
        }
        // Branches start in order, so what is not there yet is the rest.
        next = (int) saved.stream().filter(one -> one != null).count();
        for (int i = 0; i < begun.size(); i++) {
            Branch branch = branch(begun.get(i));
            branch.hang(owner.lastEventId());
            branch.restore(frames.get(i));
        }
        startMore();
    }
}
