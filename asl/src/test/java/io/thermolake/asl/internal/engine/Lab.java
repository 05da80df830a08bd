package io.thermolake.asl.internal.engine;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import io.thermolake.asl.MapRunStatus;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskHandler;
import io.thermolake.asl.TaskRequest;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.engine.Engine;
import io.thermolake.asl.testing.MemoryObjects;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An engine in virtual time, tasks that answer as they were told, and everything that the listeners heard: histories as
 * lines, children's too. Definitions are written with ' for ".
 */
final class Lab {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final String INVOKE = "arn:aws:states:::lambda:invoke";
    static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:f";
    static final String WITH_TOKEN = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
    static final String ACTIVITY = "arn:aws:states:us-east-1:111111111111:activity:paint";
    /** The outcome of a task that never answers. */
    static final Object HANGS = new Object();

    final VirtualTimer timer = new VirtualTimer(START);
    final Map<String, TaskHandler> tasks = new HashMap<>();
    final MemoryObjects objects = new MemoryObjects();
    /** Not null: why nothing can be written. */
    @Nullable
    IOException writing;

    private final ObjectStore store = new ObjectStore() {
        @Override
        public byte[] get(String bucket, String key) throws IOException {
            return objects.get(bucket, key);
        }

        @Override
        public List<Listed> list(String bucket, String prefix) {
            return objects.list(bucket, prefix);
        }

        @Override
        public void put(String bucket, String key, byte[] content) throws IOException {
            if (writing != null) {
                throw writing;
            }
            objects.put(bucket, key, content);
        }
    };
    final Engine engine = new Engine(tasks::get, timer, new Random(7), Runnable::run, store);
    final List<HistoryEvent> history = new ArrayList<>();
    final Map<String, List<HistoryEvent>> children = new LinkedHashMap<>();
    final List<MapRunStatus> mapRuns = new ArrayList<>();
    final List<String> reached = new ArrayList<>();
    final List<TaskRequest> calls = new ArrayList<>();
    final List<Map<String, Object>> snapshots = new ArrayList<>();
    boolean wantsSnapshots = true;
    ExecutionIdentity identity = identity(":execution:machine:run-1");

    static ExecutionIdentity identity(String arnsEnd) {
        String account = "arn:aws:states:us-east-1:111111111111";
        return new ExecutionIdentity(
                account + arnsEnd,
                "run-1",
                "arn:aws:iam::111111111111:role/r",
                START,
                account + ":stateMachine:machine",
                "machine");
    }

    /** The n-th call of the resource gets the n-th outcome, the last for ever: a value, a TaskException, or HANGS. */
    Lab answers(String resource, Object... outcomes) {
        Queue<Object> left = new ArrayDeque<>(List.of(outcomes));
        tasks.put(resource, request -> {
            calls.add(request);
            Object outcome = left.size() > 1 ? left.poll() : left.peek();
            return outcome == HANGS
                    ? new CompletableFuture<>()
                    : outcome instanceof Exception e
                            ? CompletableFuture.failedFuture(e)
                            : CompletableFuture.completedFuture(outcome);
        });
        return this;
    }

    /** @param work may throw a TaskException */
    Lab does(String resource, UnaryOperator<Object> work) {
        tasks.put(resource, request -> {
            calls.add(request);
            try {
                return CompletableFuture.completedFuture(work.apply(request.arguments()));
            } catch (TaskException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
        return this;
    }

    static Definition definition(String text) {
        return Definition.parse(text.replace('\'', '"'));
    }

    Execution start(String definition, Object input) {
        return engine.start(definition(definition), identity, input, listener(history, true));
    }

    ExecutionResult run(String definition, Object input) {
        return finish(start(definition, input));
    }

    /** In virtual time. @return null when the execution waits for what does not come */
    ExecutionResult finish(Execution execution) {
        while (!execution.result().isDone() && timer.step()) {
            // Each step runs what the jump made due.
        }
        return execution.result().getNow(null);
    }

    /** Goes on from the last snapshot. @param count how often, this time included */
    Execution startRedrive(String definition, Object input, int count) {
        return engine.redrive(
                definition(definition),
                identity,
                input,
                listener(history, true),
                snapshot(),
                count,
                history.isEmpty() ? 0 : history.get(history.size() - 1).id());
    }

    ExecutionResult redrive(String definition, Object input, int count) {
        return finish(startRedrive(definition, input, count));
    }

    /** The last snapshot, after a way through a file. */
    Map<String, Object> snapshot() {
        return snapshots.get(snapshots.size() - 1);
    }

    Duration elapsed() {
        return Duration.between(START, timer.now());
    }

    List<String> types() {
        return types(history);
    }

    static List<String> types(List<HistoryEvent> events) {
        return events.stream().map(HistoryEvent::type).toList();
    }

    /** The types of the events from an id on. */
    List<String> typesFrom(long id) {
        return types(history.stream().filter(e -> e.id() >= id).toList());
    }

    /** {@code id<previous Type {details}}, the details with ' for ", and without the flags of what AWS truncates. */
    List<String> lines() {
        return lines(history);
    }

    List<String> linesFrom(long id) {
        return lines(history.stream().filter(e -> e.id() >= id).toList());
    }

    static List<String> lines(List<HistoryEvent> events) {
        return events.stream().map(Lab::line).toList();
    }

    private static String line(HistoryEvent event) {
        Map<String, Object> details = new LinkedHashMap<>(event.details());
        details.keySet().removeIf(key -> key.matches("(input|output|assignedVariables)Details"));
        details.remove("roleArn");
        String shown = details.isEmpty()
                ? ""
                : " " + Json.text(details).replace("\\\"", "'").replace('"', '\'');
        return event.id() + "<" + event.previousEventId() + " " + event.type() + shown;
    }

    /** The details of the only event of a type. */
    Map<String, Object> details(String type) {
        List<HistoryEvent> found =
                history.stream().filter(e -> e.type().equals(type)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " events of type " + type + " in " + types());
        }
        return found.get(0).details();
    }

    /** Hears everything of an execution that a test starts by itself. */
    ExecutionListener listener() {
        return listener(history, true);
    }

    private ExecutionListener listener(List<HistoryEvent> events, boolean parent) {
        return new ExecutionListener() {
            @Override
            public void event(HistoryEvent event) {
                events.add(event);
            }

            @Override
            public boolean wantsSnapshots() {
                return wantsSnapshots;
            }

            @Override
            @SuppressWarnings("unchecked")
            public void moved(Map<String, Object> moved) {
                if (parent) {
                    snapshots.add((Map<String, Object>) Json.parse(Json.text(moved)));
                }
            }

            @Override
            public void mapRun(MapRunStatus run) {
                mapRuns.add(run);
            }

            @Override
            public ExecutionListener child(ExecutionIdentity child, String mapRunArn) {
                return listener(children.computeIfAbsent(child.arn(), arn -> new ArrayList<>()), false);
            }

            @Override
            public void reached(String state, String field, int index) {
                reached.add(field.isEmpty() ? state : state + "/" + field + "[" + index + "]");
            }
        };
    }
}
