package io.thermolake.asl.internal.engine;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.TaskHandler;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.engine.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Runs small machines in virtual time, with tasks that are functions of their arguments. */
public final class Machines {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    final VirtualTimer timer = new VirtualTimer(START);
    final Map<String, TaskHandler> tasks = new HashMap<>();
    final List<HistoryEvent> history = new ArrayList<>();
    Map<String, Object> snapshot = new LinkedHashMap<>();
    private final Engine engine = new Engine(tasks::get, timer, new Random(7), Runnable::run);

    public Machines task(String resource, Function<Object, Object> work) {
        tasks.put(resource, request -> {
            try {
                return CompletableFuture.completedFuture(work.apply(request.arguments()));
            } catch (TaskException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
        return this;
    }

    Execution start(String states, Object input) {
        return engine.start(definition(states), identity(), input, listener());
    }

    Execution redrive(String states, Object input, int count) {
        return engine.redrive(definition(states), identity(), input, listener(), snapshot, count, history.size());
    }

    public ExecutionResult run(String states, Object input) {
        return finish(start(states, input));
    }

    ExecutionResult finish(Execution execution) {
        while (!execution.result().isDone() && timer.step()) {
            // Virtual time.
        }
        return execution.result().getNow(null);
    }

    Duration elapsed() {
        return Duration.between(START, timer.now());
    }

    List<String> eventTypes() {
        return history.stream().map(HistoryEvent::type).toList();
    }

    private static Definition definition(String text) {
        return Definition.parse(text.startsWith("{\"Query") ? text : "{\"QueryLanguage\":\"JSONata\"," + text + "}");
    }

    private static ExecutionIdentity identity() {
        return new ExecutionIdentity("arn:execution", "run-1", "arn:role", START, "arn:machine", "machine");
    }

    private ExecutionListener listener() {
        return new ExecutionListener() {
            @Override
            public void event(HistoryEvent event) {
                history.add(event);
            }

            @Override
            public boolean wantsSnapshots() {
                return true;
            }

            @Override
            @SuppressWarnings("unchecked")
            public void moved(Map<String, Object> moved) {
                snapshot = (Map<String, Object>) Json.parse(Json.text(moved));
            }
        };
    }
}
