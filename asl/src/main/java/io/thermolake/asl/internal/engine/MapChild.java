package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;

import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.internal.base.Hashing;
import io.thermolake.asl.internal.items.ResultWriter;
import io.thermolake.asl.internal.state.State;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One child of a distributed Map: an item or a batch of items, and the execution that works on it. */
final class MapChild {
    private final @Nullable Object input;
    private @Nullable ExecutionIdentity identity;
    private @Nullable ExecutionRun execution;
    private ResultWriter.@Nullable Child ended;
    /** Where an earlier run of a standard child stopped, to go on from. */
    private Map<String, @Nullable Object> resume = Map.of();

    MapChild(@Nullable Object input) {
        this.input = input;
    }

    boolean isOver() {
        return ended != null;
    }

    boolean hasSucceeded() {
        return ended != null && ended.status().equals("SUCCEEDED");
    }

    /** As the result files have it; null while it is not over. */
    ResultWriter.@Nullable Child ended() {
        return ended;
    }

    @Nullable
    Object input() {
        return input;
    }

    /** Makes the child's execution; {@link #begin} sets it off. */
    ExecutionRun start(ExecutionRun parent, State.MapState map, boolean express, String mapRunArn) {
        ExecutionIdentity mine = identity == null ? identity(parent, express, mapRunArn) : identity;
        identity = mine;
        ExecutionRun child = new ExecutionRun(
                parent.engine(),
                new ExecutionRun.Given(map.processor(), Optional.empty(), mine, input, redriveCount()),
                express ? ExecutionListener.NONE : parent.listener().child(mine, mapRunArn),
                lastEventId(),
                null);
        parent.adopt(child);
        execution = child;
        return child;
    }

    void begin() {
        ExecutionRun started = Objects.requireNonNull(execution, "the child was not started");
        if (resume.isEmpty()) {
            started.begin();
        } else {
            started.goOn(Json.object(resume.get("frame")));
        }
    }

    void stop() {
        if (execution != null && ended == null) {
            execution.stop(null, null);
        }
    }

    private static ExecutionIdentity identity(ExecutionRun parent, boolean express, String mapRunArn) {
        String name = Hashing.uuid(parent.engine().random());
        String run = mapRunArn.substring(mapRunArn.lastIndexOf(':') + 1);
        String machine = mapRunArn.substring(0, mapRunArn.lastIndexOf(':')).replace(":mapRun:", ":stateMachine:");
        return new ExecutionIdentity(
                express
                        ? machine.replace(":stateMachine:", ":express:") + ":" + run + ":" + name
                        : machine.replace(":stateMachine:", ":execution:") + ":" + name,
                name,
                parent.identity().roleArn(),
                parent.engine().timer().now(),
                machine,
                machine.substring(machine.indexOf(":stateMachine:") + ":stateMachine:".length()));
    }

    private int redriveCount() {
        return resume.get("redriveCount") instanceof Number before ? before.intValue() + 1 : 0;
    }

    void end(ExecutionResult result, Instant now) {
        ExecutionIdentity mine = Objects.requireNonNull(identity);
        Map<String, @Nullable Object> json = details("ExecutionArn", mine.arn());
        json.put("Input", Json.text(input));
        json.put("InputDetails", details("Included", true));
        json.put("Name", mine.name());
        Object output = null;
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            output = succeeded.output();
            json.put("Output", Json.text(output));
            json.put("OutputDetails", details("Included", true));
        } else if (result instanceof ExecutionResult.Failed error) {
            json.put("Error", error.error());
            json.put("Cause", error.cause());
        }
        json.put("RedriveCount", (long) redriveCount());
        json.put("StartDate", Details.iso(mine.startTime()));
        json.put("StateMachineArn", mine.machineArn());
        json.put("Status", result.status());
        json.put("StopDate", Details.iso(now));
        ended = new ResultWriter.Child(json, output);
    }

    /** Null when it never started. */
    @Nullable
    Map<String, @Nullable Object> snapshot() {
        if (hasSucceeded()) {
            return details("json", Objects.requireNonNull(ended).json());
        }
        if (identity == null) {
            return null;
        }
        Map<String, @Nullable Object> snapshot = details("arn", identity.arn());
        snapshot.put("name", identity.name());
        snapshot.put("machineArn", identity.machineArn());
        snapshot.put("machineName", identity.machineName());
        snapshot.put("started", identity.startTime().toString());
        snapshot.put("json", ended == null ? null : ended.json());
        Map<String, @Nullable Object> now = execution == null ? null : execution.resumable();
        snapshot.put("resume", now == null ? resume : now);
        return snapshot;
    }

    /** A child as its run left it: over if it had succeeded, or if its history has no room for a redrive. */
    static MapChild restored(@Nullable Object input, Map<String, @Nullable Object> snapshot, String roleArn) {
        MapChild child = new MapChild(input);
        Map<String, @Nullable Object> json = Json.object(snapshot.get("json"));
        if (snapshot.get("arn") instanceof String arn) {
            child.identity = new ExecutionIdentity(
                    arn,
                    String.valueOf(snapshot.get("name")),
                    roleArn,
                    Instant.parse(String.valueOf(snapshot.get("started"))),
                    String.valueOf(snapshot.get("machineArn")),
                    String.valueOf(snapshot.get("machineName")));
            child.resume = Json.object(snapshot.get("resume"));
            if (json.isEmpty() || Core.isRedrivable(child.lastEventId())) {
                return child;
            }
        }
        if (!json.isEmpty()) {
            Object output = json.get("Output");
            child.ended = new ResultWriter.Child(json, output == null ? null : Json.parse(String.valueOf(output)));
        }
        return child;
    }

    private long lastEventId() {
        return resume.get("lastEventId") instanceof Number last ? last.longValue() : 0;
    }
}
