package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.StatesError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The branches of a Parallel or the iterations of an inline Map: started up to a bound, gathered in order, all or nothing.
 * AWS lets the events about a child hang beside the chain of the events inside it, so that what comes next follows the
 * child's last event.
 */
final class Children implements Group {
    /**
     * One child before it runs.
     *
     * @param context what the context object has besides, {@code Map.Item}
     */
    record Plan(State.Scope scope, @Nullable Object input, Map<String, @Nullable Object> context) {}

    private final StateRun owner;
    private final List<Plan> plans;
    private final boolean isMap;
    private final long maxConcurrency;
    private final @Nullable Branch[] running;
    private final @Nullable Object[] outputs;
    private final boolean[] done;
    private int next;
    private int active;
    private int succeeded;
    private boolean cancelled;

    Children(StateRun owner, List<Plan> plans, boolean isMap, long maxConcurrency) {
        this.owner = owner;
        this.plans = plans;
        this.isMap = isMap;
        this.maxConcurrency = maxConcurrency;
        running = new Branch[plans.size()];
        outputs = new Object[plans.size()];
        done = new boolean[plans.size()];
    }

    @Override
    public void start() {
        if (plans.isEmpty()) {
            finish();
            return;
        }
        startMore();
    }

    private void startMore() {
        while (next < plans.size() && active < maxConcurrency && !cancelled) {
            int index = next++;
            Branch branch = branch(index);
            branch.trail()
                    .follow(
                            isMap
                                    ? iteration(
                                            "MapIterationStarted",
                                            owner.branch().trail().last(),
                                            index)
                                    : owner.branch().trail().last());
            branch.enter(plans.get(index).scope().startAt(), plans.get(index).input());
        }
    }

    private Branch branch(int index) {
        Plan plan = plans.get(index);
        Branch branch =
                new Branch(owner.branch().execution(), owner.branch(), plan.scope(), plan.context(), new Branch.End() {
                    @Override
                    public void succeeded(@Nullable Object output) {
                        ended(index, output);
                    }

                    @Override
                    public void failed(StatesError error) {
                        childFailed(index, error);
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
        owner.branch().trail().follow(branch.trail().last());
        long end = isMap
                ? iteration("MapIterationSucceeded", branch.trail().last(), index)
                : branch.trail().last();
        outputs[index] = output;
        done[index] = true;
        running[index] = null;
        active--;
        succeeded++;
        owner.branch().execution().moved();
        if (succeeded == plans.size()) {
            // The next iteration would follow the last event inside; the end of the Map follows the iteration's end.
            owner.branch().trail().follow(end);
            finish();
        } else {
            startMore();
        }
    }

    private void childFailed(int index, StatesError error) {
        Branch failed = running[index];
        if (cancelled || failed == null) {
            return;
        }
        long last = failed.trail().last();
        owner.branch().trail().follow(last);
        if (error.isFatal()) {
            owner.error(error);
            return;
        }
        failed.recordAbortedTask();
        if (isMap) {
            iteration("MapIterationFailed", last, index);
        }
        for (int i = 0; i < running.length; i++) {
            Branch sibling = running[i];
            if (i != index && sibling != null) {
                sibling.recordAborted();
                if (isMap) {
                    iteration("MapIterationAborted", sibling.trail().last(), i);
                }
            }
        }
        owner.error(error);
    }

    private void finish() {
        owner.branch()
                .trail()
                .aside(
                        owner.branch().trail().last(),
                        isMap ? "MapStateSucceeded" : "ParallelStateSucceeded",
                        "",
                        Map.of());
        List<@Nullable Object> all = new ArrayList<>(outputs.length);
        for (Object output : outputs) {
            all.add(output);
        }
        owner.complete(all);
    }

    private long iteration(String type, long previous, int index) {
        Map<String, @Nullable Object> details = details("name", owner.name());
        details.put("index", (long) index);
        return owner.branch()
                .trail()
                .aside(
                        previous,
                        type,
                        Character.toLowerCase(type.charAt(0)) + type.substring(1) + "EventDetails",
                        details);
    }

    @Override
    public void cancel() {
        cancelled = true;
        for (Branch branch : running) {
            if (branch != null) {
                branch.cancel();
            }
        }
    }

    @Override
    public void recordAborted() {
        for (int i = 0; i < running.length; i++) {
            Branch branch = running[i];
            if (branch != null) {
                branch.recordAborted();
                if (isMap) {
                    iteration("MapIterationAborted", branch.trail().last(), i);
                }
            }
        }
    }

    @Override
    public List<@Nullable Object> snapshot() {
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

    @Override
    public void restore(@Nullable Object snapshot) {
        List<?> saved = Json.list(snapshot);
        List<Integer> begun = new ArrayList<>();
        for (int i = 0; i < done.length && i < saved.size(); i++) {
            Map<String, @Nullable Object> one = Json.object(saved.get(i));
            if (one.containsKey("output")) {
                outputs[i] = one.get("output");
                done[i] = true;
                succeeded++;
            } else if (one.containsKey("frame")) {
                begun.add(i);
            }
        }
        if (succeeded == done.length) {
            owner.attempts().step(this::finish);
            return;
        }
        // Branches start in order, so what is not there yet is the rest.
        next = (int) saved.stream().filter(one -> one != null).count();
        for (int index : begun) {
            Branch branch = branch(index);
            branch.trail().follow(owner.branch().trail().last());
            branch.restore(Json.object(Json.object(saved.get(index)).get("frame")));
        }
        owner.attempts().step(this::startMore);
    }
}
