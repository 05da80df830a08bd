package io.thermolake.asl.testing;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.RealTimer;
import io.thermolake.asl.Resources;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.engine.Engine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs a definition to its end and says everything about it as plain JSON: what {@code ./thermolake asl} does. */
public final class AslRunner {
    /** The definition was refused. */
    public static final String REJECTED = "REJECTED";

    private static final int MOST_DIAGNOSTICS = 100;
    private static final String ACCOUNT = "us-east-1:111111111111";

    private AslRunner() {}

    /** Everything that is wrong or doubtful about a definition, up to AWS's bound of a hundred. */
    public static Map<String, @Nullable Object> validate(String definition, Definition.Type type) {
        return validate(definition, type, Diagnostic.Severity.WARNING, 0);
    }

    /**
     * What is wrong or doubtful about a definition.
     *
     * @param least ERROR leaves warnings out, as AWS does where nothing is asked for
     * @param most how many diagnostics to give, 0 to 100; 0 stands for 100
     * @return {@code result} OK or FAIL, {@code diagnostics}, and {@code truncated}, as ValidateStateMachineDefinition answers
     * @throws IllegalArgumentException when {@code most} is out of its bounds
     */
    public static Map<String, @Nullable Object> validate(
            String definition, Definition.Type type, Diagnostic.Severity least, int most) {
        if (most < 0 || most > MOST_DIAGNOSTICS) {
            throw new IllegalArgumentException("at most 0 to 100 diagnostics can be asked for, not " + most);
        }
        List<Diagnostic> found = Definition.validate(definition, type);
        List<Diagnostic> wanted =
                found.stream().filter(d -> d.severity().compareTo(least) <= 0).toList();
        int bound = most == 0 ? MOST_DIAGNOSTICS : most;
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("result", found.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR) ? "FAIL" : "OK");
        answer.put(
                "diagnostics",
                wanted.stream().limit(bound).map(Diagnostic::json).toList());
        answer.put("truncated", wanted.size() > bound);
        return answer;
    }

    /**
     * Runs a definition.
     *
     * @param tasks who does the tasks' work, mostly {@link Mocks}
     * @param virtual whether time jumps instead of passing
     * @param progress hears each event when it happens
     * @return {@code status}, {@code output}, {@code error}, {@code cause} (the latter three where there are any), {@code
     *     events} and {@code diagnostics}; the status of a definition that cannot run is REJECTED, of one that waits for
     *     what never comes RUNNING
     */
    public static Map<String, @Nullable Object> run(
            String definition,
            Definition.Type type,
            @Nullable Object input,
            Resources tasks,
            ObjectStore objects,
            boolean virtual,
            Consumer<HistoryEvent> progress) {
        Definition compiled;
        try {
            compiled = Definition.parse(definition, type);
        } catch (InvalidDefinitionException e) {
            return RunAnswer.rejected(e);
        }
        List<HistoryEvent> events = new ArrayList<>();
        ExecutionListener listener = new ExecutionListener() {
            @Override
            public void event(HistoryEvent event) {
                events.add(event);
                progress.accept(event);
            }
        };
        ExecutionResult result = virtual
                ? inVirtualTime(compiled, type, input, tasks, objects, listener)
                : inRealTime(compiled, type, input, tasks, objects, listener);
        return RunAnswer.of(compiled, result, events);
    }

    private static @Nullable ExecutionResult inVirtualTime(
            Definition definition,
            Definition.Type type,
            @Nullable Object input,
            Resources tasks,
            ObjectStore objects,
            ExecutionListener listener) {
        VirtualTimer timer = new VirtualTimer(Machine.START);
        if (tasks instanceof Mocks mocks) {
            mocks.timer(timer);
        }
        Engine engine = new Engine(tasks, timer, new Random(1), Runnable::run, objects);
        Execution execution = engine.start(definition, identity(type, timer.now()), input, listener);
        while (!execution.result().isDone() && timer.step()) {
            // Each step runs what the jump made due.
        }
        return execution.result().getNow(null);
    }

    private static ExecutionResult inRealTime(
            Definition definition,
            Definition.Type type,
            @Nullable Object input,
            Resources tasks,
            ObjectStore objects,
            ExecutionListener listener) {
        try (RealTimer timer = new RealTimer(Clock.systemUTC(), 1)) {
            if (tasks instanceof Mocks mocks) {
                mocks.timer(timer);
            }
            Engine engine = new Engine(tasks, timer, new Random(), Runnable::run, objects);
            return engine.start(definition, identity(type, timer.now()), input, listener)
                    .result()
                    .join();
        }
    }

    private static ExecutionIdentity identity(Definition.Type type, java.time.Instant start) {
        boolean express = type == Definition.Type.EXPRESS;
        return new ExecutionIdentity(
                "arn:aws:states:" + ACCOUNT + (express ? ":express:machine:run:1" : ":execution:machine:run"),
                "run",
                "arn:aws:iam::111111111111:role/machine",
                start,
                "arn:aws:states:" + ACCOUNT + ":stateMachine:machine",
                "machine");
    }
}
