package io.thermolake.asl;

import static io.thermolake.asl.Execution.details;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A distributed Map's run: each child is an execution of its own, and some of them may fail. Nothing of the children is in
 * the parent's history.
 */
final class MapRun implements Group {
    /** AWS's bound of children that run at once. */
    private static final int MOST_CONCURRENCY = 10_000;

    static final String TOO_MANY_FAILED = "The specified tolerated failure threshold was exceeded";

    private final Branch owner;
    private final State.MapState map;
    private final State.Distributed distributed;
    private final Frame frame;
    private final @Nullable List<?> given;
    private final long maxConcurrency;
    private final long toleratedCount;
    private final double toleratedPercentage;

    private String arn;
    private List<MapChild> children = List.of();
    private boolean isPrepared;
    private long redriveCount;
    private int next;
    private int active;
    private int succeeded;
    private int failed;
    private boolean over;

    MapRun(
            Branch owner,
            State.MapState map,
            State.Distributed distributed,
            Frame frame,
            @Nullable List<?> given,
            long maxConcurrency) {
        this.owner = owner;
        this.map = map;
        this.distributed = distributed;
        this.frame = frame;
        this.given = given;
        this.maxConcurrency = maxConcurrency == 0 ? MOST_CONCURRENCY : Math.min(maxConcurrency, MOST_CONCURRENCY);
        this.toleratedCount = distributed.toleratedCount().whole(frame);
        if (toleratedCount < 0) {
            throw StatesError.runtime("ToleratedFailureCount cannot be negative.");
        }
        this.toleratedPercentage = distributed.toleratedPercentage().number(frame);
        if (toleratedPercentage < 0 || toleratedPercentage > 100) {
            throw StatesError.runtime("ToleratedFailurePercentage must be between 0 and 100.");
        }
        ExecutionIdentity parent = owner.execution().identity();
        String label = distributed.label() == null
                ? Hashing.uuid(owner.execution().engine().random())
                : distributed.label();
        this.arn = parent.machineArn().replace(":stateMachine:", ":mapRun:") + "/" + label + ":"
                + Hashing.uuid(owner.execution().engine().random());
    }

    @Override
    public void start() {
        owner.event("MapRunStarted", "mapRunStartedEventDetails", details("mapRunArn", arn));
        try {
            prepare();
        } catch (StatesError e) {
            runFailed(e);
            return;
        }
        tell("RUNNING");
        if (children.isEmpty()) {
            finish();
        } else {
            startMore();
        }
    }

    private void prepare() {
        List<?> items = given == null
                ? java.util.Objects.requireNonNull(distributed.reader())
                        .read(frame, owner.execution().engine().objects())
                : given;
        List<@Nullable Object> selected = new ArrayList<>();
        for (Object item : items) {
            selected.add(map.itemSelector() == null ? item : map.itemSelector().get(withItem(selected.size(), item)));
        }
        children = (distributed.batcher() == null
                        ? selected
                        : distributed.batcher().batches(selected, frame))
                .stream().map(MapChild::new).toList();
        isPrepared = true;
    }

    private Frame withItem(int index, @Nullable Object item) {
        Map<String, @Nullable Object> more = Groups.itemContext(index, item);
        return new Frame(
                frame.input(),
                new io.thermolake.asl.path.Roots(
                        frame.document(),
                        () -> {
                            Map<String, @Nullable Object> all =
                                    new LinkedHashMap<>(frame.roots().context().get());
                            all.putAll(more);
                            return all;
                        },
                        frame.roots().variables(),
                        frame.roots().random()),
                frame.more(),
                frame.notes());
    }

    private void startMore() {
        while (next < children.size() && active < maxConcurrency && !over) {
            MapChild child = children.get(next++);
            if (!child.isOver()) {
                start(child);
            }
        }
        if (!over) {
            tell("RUNNING");
        }
    }

    private void start(MapChild child) {
        active++;
        Execution execution = child.start(owner.execution(), map, distributed.express(), arn);
        execution.result().thenAccept(result -> owner.stepNow(() -> childEnded(child, result)));
        child.begin();
    }

    private void childEnded(MapChild child, ExecutionResult result) {
        if (over) {
            return;
        }
        active--;
        child.end(result, owner.execution().engine().timer().now());
        if (child.hasSucceeded()) {
            succeeded++;
        } else {
            failed++;
        }
        goOn();
    }

    /** Fails when too many children have, starts more of them, or ends when there are none left. */
    private void goOn() {
        if (tooManyFailed()) {
            runFailed(StatesError.given(StatesError.TOLERATED, TOO_MANY_FAILED));
            return;
        }
        owner.execution().moved();
        startMore();
        if (active == 0 && next >= children.size()) {
            finish();
        }
    }

    /** Either bound may be given; where both are, either one that is passed is too much. */
    private boolean tooManyFailed() {
        boolean byCount = failed > toleratedCount;
        boolean byShare = failed * 100.0 > toleratedPercentage * children.size();
        if (toleratedCount > 0 && toleratedPercentage > 0) {
            return byCount || byShare;
        }
        return toleratedPercentage > 0 ? byShare : byCount;
    }

    private void finish() {
        List<ResultWriter.Child> ended = children.stream()
                .map(MapChild::ended)
                .filter(java.util.Objects::nonNull)
                .toList();
        Object result;
        try {
            result = distributed.writer() == null
                    ? outputs(ended)
                    : distributed
                            .writer()
                            .write(frame, owner.execution().engine().objects(), arn, ended);
        } catch (StatesError e) {
            runFailed(e);
            return;
        }
        over = true;
        tell("SUCCEEDED");
        // What comes next hangs on the run's start: until the summer of 2024 AWS let it hang on the run's end.
        long succeeded = owner.sideEvent(owner.lastEventId(), "MapRunSucceeded", "", Map.of());
        owner.sideEvent(succeeded, "MapStateSucceeded", "", Map.of());
        owner.complete(result);
    }

    private static List<@Nullable Object> outputs(List<ResultWriter.Child> children) {
        List<@Nullable Object> all = new ArrayList<>();
        children.stream().filter(c -> c.status().equals("SUCCEEDED")).forEach(c -> all.add(c.output()));
        return all;
    }

    private void runFailed(StatesError error) {
        over = true;
        stopChildren();
        tell("FAILED");
        Map<String, @Nullable Object> details = details("error", error.error);
        details.put("cause", error.cause);
        owner.event("MapRunFailed", "mapRunFailedEventDetails", details);
        owner.error(error);
    }

    private void stopChildren() {
        children.forEach(MapChild::stop);
    }

    private void tell(String status) {
        owner.execution()
                .listener()
                .mapRun(new MapRunStatus(
                        arn,
                        owner.execution().identity().arn(),
                        status,
                        (int) maxConcurrency,
                        toleratedCount,
                        toleratedPercentage,
                        children.size(),
                        status.equals("RUNNING") ? active : 0,
                        succeeded,
                        failed));
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            stopChildren();
            tell("ABORTED");
        }
    }

    @Override
    public void recordAborted() {
        owner.sideEvent(owner.lastEventId(), "MapRunAborted", "", Map.of());
    }

    @Override
    public @Nullable Map<String, @Nullable Object> snapshot() {
        if (!isPrepared) {
            return null;
        }
        Map<String, @Nullable Object> snapshot = details("mapRunArn", arn);
        snapshot.put("redriveCount", redriveCount);
        snapshot.put(
                "inputs", new ArrayList<>(children.stream().map(MapChild::input).toList()));
        snapshot.put(
                "children",
                new ArrayList<>(children.stream().map(MapChild::snapshot).toList()));
        return snapshot;
    }

    /** The same run goes on: what had succeeded is not run again, and its items are those that were read then. */
    @Override
    public void restore(@Nullable Object saved) {
        Map<String, @Nullable Object> snapshot = Json.object(saved);
        arn = String.valueOf(snapshot.get("mapRunArn"));
        redriveCount = (snapshot.get("redriveCount") instanceof Number before ? before.longValue() : 0) + 1;
        List<?> inputs = Json.list(snapshot.get("inputs"));
        List<?> then = Json.list(snapshot.get("children"));
        children = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            MapChild child = MapChild.restored(
                    inputs.get(i),
                    Json.object(then.get(i)),
                    owner.execution().identity().roleArn());
            succeeded += child.hasSucceeded() ? 1 : 0;
            failed += child.isOver() && !child.hasSucceeded() ? 1 : 0;
            children.add(child);
        }
        isPrepared = true;
        owner.stepNow(() -> {
            Map<String, @Nullable Object> details = details("mapRunArn", arn);
            details.put("redriveCount", redriveCount);
            owner.event("MapRunRedriven", "mapRunRedrivenEventDetails", details);
            tell("RUNNING");
            goOn();
        });
    }
}
