package io.thermolake.asl;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runs a machine that needs no service, in virtual time: a definition can be tried before anything is deployed. */
public final class AslRunner {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private AslRunner() {}

    /**
     * Runs a definition to its end. A Task fails with {@code States.Runtime}, which names its resource.
     *
     * @return {@code status}, {@code output}, {@code error}, {@code cause} (the latter three where there are any), {@code
     *     events} as a list of {@code {type, name}}, {@code diagnostics}; the status of a definition that cannot run is
     *     REJECTED
     */
    public static Map<String, @Nullable Object> run(String definition, @Nullable Object input) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        Definition compiled;
        try {
            compiled = Definition.parse(definition);
        } catch (InvalidDefinitionException e) {
            answer.put("status", "REJECTED");
            answer.put("cause", e.getMessage());
            answer.put("events", List.of());
            answer.put("diagnostics", e.diagnostics());
            return answer;
        }
        VirtualTimer timer = new VirtualTimer(START);
        List<Map<String, @Nullable Object>> events = new ArrayList<>();
        Engine engine = new Engine(resource -> null, timer, new Random(1), Runnable::run);
        ExecutionIdentity identity = new ExecutionIdentity(
                "arn:aws:states:local:000000000000:execution:machine:run",
                "run",
                "",
                START,
                "arn:aws:states:local:000000000000:stateMachine:machine",
                "machine");
        Execution execution = engine.start(compiled, identity, input, new ExecutionListener() {
            @Override
            public void event(HistoryEvent event) {
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("type", event.type());
                if (event.details().get("name") != null) {
                    one.put("name", event.details().get("name"));
                }
                events.add(one);
            }
        });
        while (!execution.result().isDone() && timer.step()) {
            // Each step runs what the jump made due.
        }
        ExecutionResult result = execution.result().getNow(new ExecutionResult.Aborted(null, null));
        answer.put("status", result.status());
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            answer.put("output", succeeded.output());
        } else if (result instanceof ExecutionResult.Failed failed) {
            if (failed.error() != null) {
                answer.put("error", failed.error());
            }
            if (failed.cause() != null) {
                answer.put("cause", failed.cause());
            }
        }
        answer.put("events", events);
        answer.put("diagnostics", List.of());
        return answer;
    }
}
