package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.MapRunStatus;
import io.thermolake.asl.internal.base.Hashing;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.StatesError;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A distributed Map's run: each child is an execution of its own, and some of them may fail. Nothing of the children is in
 * the parent's history.
 */
final class MapRun implements Group {
    /** AWS's bound of children that run at once. */
    private static final int MOST_CONCURRENCY = 10_000;

    private final StateRun owner;
    private final State.MapState map;
    private final State.Distributed distributed;
    private final Frame frame;
    private final @Nullable List<?> given;
    private final long maxConcurrency;
    private final Tolerance tolerance;

    private String arn;
    /** Null until the items are read. */
    private @Nullable MapChildren children;

    private long redriveCount;
    private boolean over;

    MapRun(
            StateRun owner,
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
        this.tolerance = Tolerance.of(distributed, frame);
        RandomGenerator random = engine().random();
        String label = distributed.label() == null ? Hashing.uuid(random) : distributed.label();
        this.arn = owner.branch().execution().identity().machineArn().replace(":stateMachine:", ":mapRun:") + "/"
                + label + ":" + Hashing.uuid(random);
    }

    private Core engine() {
        return owner.branch().execution().engine();
    }

    @Override
    public void start() {
        owner.branch().trail().add("MapRunStarted", "mapRunStartedEventDetails", details("mapRunArn", arn));
        MapChildren all;
        try {
            all = MapChildren.of(MapInputs.of(map, distributed, frame, given, engine().objects()));
        } catch (StatesError e) {
            runFailed(e);
            return;
        }
        children = all;
        tell("RUNNING");
        if (all.total() == 0) {
            finish(all);
        } else {
            startMore(all);
        }
    }

    private void startMore(MapChildren all) {
        while (all.active() < maxConcurrency && !over) {
            MapChild child = all.startNext();
            if (child == null) {
                break;
            }
            start(all, child);
        }
        if (!over) {
            tell("RUNNING");
        }
    }

    private void start(MapChildren all, MapChild child) {
        ExecutionRun execution = child.start(owner.branch().execution(), map, distributed.express(), arn);
        execution.result().thenAccept(result -> owner.attempts().step(() -> childEnded(all, child, result)));
        child.begin();
    }

    private void childEnded(MapChildren all, MapChild child, ExecutionResult result) {
        if (!over) {
            child.end(result, engine().timer().now());
            all.ended(child);
            goOn(all);
        }
    }

    /** Fails when too many children have, starts more of them, or ends when there are none left. */
    private void goOn(MapChildren all) {
        if (tolerance.isExceeded(all.failed(), all.total())) {
            runFailed(StatesError.tooManyFailed());
            return;
        }
        owner.branch().execution().moved();
        startMore(all);
        if (all.areOver()) {
            finish(all);
        }
    }

    private void finish(MapChildren all) {
        Object result;
        try {
            result = distributed.writer() == null
                    ? all.outputs()
                    : distributed.writer().write(frame, engine().objects(), arn, all.results());
        } catch (StatesError e) {
            runFailed(e);
            return;
        }
        over = true;
        tell("SUCCEEDED");
        // What comes next hangs on the run's start: until the summer of 2024 AWS let it hang on the run's end.
        long succeeded = owner.branch().trail().aside(owner.branch().trail().last(), "MapRunSucceeded", "", Map.of());
        owner.branch().trail().aside(succeeded, "MapStateSucceeded", "", Map.of());
        owner.complete(result);
    }

    private void runFailed(StatesError error) {
        over = true;
        stopChildren();
        tell("FAILED");
        Map<String, @Nullable Object> details = details("error", error.error);
        details.put("cause", error.cause);
        owner.branch().trail().add("MapRunFailed", "mapRunFailedEventDetails", details);
        owner.error(error);
    }

    private void stopChildren() {
        if (children != null) {
            children.stop();
        }
    }

    private void tell(String status) {
        MapChildren all = children;
        owner.branch()
                .execution()
                .listener()
                .mapRun(new MapRunStatus(
                        arn,
                        owner.branch().execution().identity().arn(),
                        status,
                        (int) maxConcurrency,
                        tolerance.count(),
                        tolerance.percentage(),
                        all == null ? 0 : all.total(),
                        all == null || !status.equals("RUNNING") ? 0 : all.active(),
                        all == null ? 0 : all.succeeded(),
                        all == null ? 0 : all.failed()));
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
        owner.branch().trail().aside(owner.branch().trail().last(), "MapRunAborted", "", Map.of());
    }

    @Override
    public @Nullable Map<String, @Nullable Object> snapshot() {
        if (children == null) {
            return null;
        }
        Map<String, @Nullable Object> snapshot = details("mapRunArn", arn);
        snapshot.put("redriveCount", redriveCount);
        snapshot.putAll(children.snapshot());
        return snapshot;
    }

    /** The same run goes on: what had succeeded is not run again, and its items are those that were read then. */
    @Override
    public void restore(@Nullable Object saved) {
        Map<String, @Nullable Object> snapshot = Json.object(saved);
        arn = String.valueOf(snapshot.get("mapRunArn"));
        redriveCount = (snapshot.get("redriveCount") instanceof Number before ? before.longValue() : 0) + 1;
        MapChildren all = MapChildren.restored(
                snapshot, owner.branch().execution().identity().roleArn());
        children = all;
        owner.attempts().step(() -> {
            Map<String, @Nullable Object> details = details("mapRunArn", arn);
            details.put("redriveCount", redriveCount);
            owner.branch().trail().add("MapRunRedriven", "mapRunRedrivenEventDetails", details);
            tell("RUNNING");
            goOn(all);
        });
    }
}
