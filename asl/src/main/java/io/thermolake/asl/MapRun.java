package io.thermolake.asl;

import static io.thermolake.asl.Execution.details;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private List<@Nullable Object> inputs = List.of();
    private @Nullable Execution[] running = {};
    private ResultWriter.@Nullable Child[] ended = {};
    private int next;
    private int active;
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
        if (inputs.isEmpty()) {
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
        inputs =
                distributed.batcher() == null ? selected : distributed.batcher().batches(selected, frame);
        running = new Execution[inputs.size()];
        ended = new ResultWriter.Child[inputs.size()];
    }

    private Frame withItem(int index, @Nullable Object item) {
        Map<String, @Nullable Object> more = Branch.itemContext(index, item);
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
        while (next < inputs.size() && active < maxConcurrency && !over) {
            int index = next++;
            if (ended[index] == null) {
                startChild(index);
            }
        }
    }

    private void startChild(int index) {
        Execution parent = owner.execution();
        ExecutionIdentity identity = childIdentity(parent);
        active++;
        Execution child = new Execution(
                parent.engine(),
                map.processor(),
                Optional.empty(),
                identity,
                inputs.get(index),
                distributed.express()
                        ? ExecutionListener.NONE
                        : parent.listener().child(identity, arn),
                0,
                0);
        running[index] = child;
        child.result().thenAccept(result -> owner.stepNow(() -> childEnded(index, identity, result)));
        child.begin();
    }

    private ExecutionIdentity childIdentity(Execution parent) {
        ExecutionIdentity mine = parent.identity();
        String name = Hashing.uuid(parent.engine().random());
        String machine = arn.substring(0, arn.lastIndexOf(':')).replace(":mapRun:", ":stateMachine:");
        String execution = distributed.express()
                ? machine.replace(":stateMachine:", ":express:") + ":" + arn.substring(arn.lastIndexOf(':') + 1) + ":"
                        + name
                : machine.replace(":stateMachine:", ":execution:") + ":" + name;
        return new ExecutionIdentity(
                execution,
                name,
                mine.roleArn(),
                parent.engine().timer().now(),
                machine,
                machine.substring(machine.indexOf(":stateMachine:") + ":stateMachine:".length()));
    }

    private void childEnded(int index, ExecutionIdentity identity, ExecutionResult result) {
        if (over || ended[index] != null) {
            return;
        }
        active--;
        running[index] = null;
        ended[index] = child(index, identity, result);
        if (!(result instanceof ExecutionResult.Succeeded)) {
            failed++;
        }
        tell("RUNNING");
        if (tooManyFailed()) {
            runFailed(StatesError.given(StatesError.TOLERATED, TOO_MANY_FAILED));
            return;
        }
        owner.execution().moved();
        startMore();
        if (!over && active == 0 && next >= inputs.size()) {
            finish();
        }
    }

    /** Either bound may be given; where both are, either one that is passed is too much. */
    private boolean tooManyFailed() {
        boolean byCount = failed > toleratedCount;
        boolean byShare = failed * 100.0 > toleratedPercentage * inputs.size();
        if (toleratedCount > 0 && toleratedPercentage > 0) {
            return byCount || byShare;
        }
        return toleratedPercentage > 0 ? byShare : byCount;
    }

    private ResultWriter.Child child(int index, ExecutionIdentity identity, ExecutionResult result) {
        Map<String, @Nullable Object> json = details("ExecutionArn", identity.arn());
        json.put("Input", Json.text(inputs.get(index)));
        json.put("InputDetails", details("Included", true));
        json.put("Name", identity.name());
        Object output = null;
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            output = succeeded.output();
            json.put("Output", Json.text(output));
            json.put("OutputDetails", details("Included", true));
        } else if (result instanceof ExecutionResult.Failed error) {
            json.put("Error", error.error());
            json.put("Cause", error.cause());
        }
        json.put("RedriveCount", 0L);
        json.put("StartDate", Execution.iso(identity.startTime()));
        json.put("StateMachineArn", identity.machineArn());
        json.put("Status", result.status());
        json.put("StopDate", Execution.iso(owner.execution().engine().timer().now()));
        return new ResultWriter.Child(json, output);
    }

    private void finish() {
        List<ResultWriter.Child> children = new ArrayList<>();
        for (ResultWriter.Child child : ended) {
            if (child != null) {
                children.add(child);
            }
        }
        Object result;
        try {
            result = distributed.writer() == null
                    ? outputs(children)
                    : distributed
                            .writer()
                            .write(frame, owner.execution().engine().objects(), arn, children);
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
        for (int i = 0; i < running.length; i++) {
            Execution child = running[i];
            if (child != null) {
                child.stop(null, null);
            }
        }
    }

    private void tell(String status) {
        int done = 0;
        for (ResultWriter.Child child : ended) {
            done += child == null ? 0 : 1;
        }
        owner.execution()
                .listener()
                .mapRun(new MapRunStatus(
                        arn,
                        owner.execution().identity().arn(),
                        status,
                        (int) maxConcurrency,
                        toleratedCount,
                        toleratedPercentage,
                        inputs.size(),
                        status.equals("RUNNING") ? active : 0,
                        done - failed,
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
    public Map<String, @Nullable Object> snapshot() {
        List<@Nullable Object> done = new ArrayList<>();
        for (ResultWriter.Child child : ended) {
            done.add(child == null || !child.status().equals("SUCCEEDED") ? null : details("json", child.json()));
        }
        Map<String, @Nullable Object> snapshot = details("mapRunArn", arn);
        snapshot.put("inputs", inputs);
        snapshot.put("done", done);
        return snapshot;
    }

    /** The same run goes on: what had succeeded is not run again, and its items are those that were read then. */
    @Override
    public void restore(@Nullable Object saved) {
        Map<String, @Nullable Object> snapshot = Json.object(saved);
        arn = String.valueOf(snapshot.get("mapRunArn"));
        inputs = new ArrayList<>(Json.list(snapshot.get("inputs")));
        running = new Execution[inputs.size()];
        ended = new ResultWriter.Child[inputs.size()];
        List<?> done = Json.list(snapshot.get("done"));
        for (int i = 0; i < done.size() && i < ended.length; i++) {
            Map<String, @Nullable Object> json =
                    Json.object(Json.object(done.get(i)).get("json"));
            if (!json.isEmpty()) {
                ended[i] = new ResultWriter.Child(json, Json.parse(String.valueOf(json.get("Output"))));
            }
        }
        owner.event("MapRunRedriven", "mapRunRedrivenEventDetails", details("mapRunArn", arn));
        tell("RUNNING");
        startMore();
        if (!over && active == 0) {
            finish();
        }
    }
}
