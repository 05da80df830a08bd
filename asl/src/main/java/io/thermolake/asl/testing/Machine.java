package io.thermolake.asl.testing;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Json;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.Resources;
import io.thermolake.asl.TaskHandler;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A state machine under test. It runs in virtual time and always in the same way: time starts at 2026-01-01T00:00:00Z and
 * the randomness is seeded, so a year of waiting takes no time and a jitter is the same each time.
 */
public final class Machine {
    /** When each run starts. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final String ACCOUNT = "us-east-1:111111111111";
    private final String name;
    private final Definition definition;
    private final Definition.Type type;
    private final Coverage coverage;

    private Machine(String name, Definition definition, Definition.Type type) {
        this.name = name;
        this.definition = definition;
        this.type = type;
        this.coverage = new Coverage(name, definition.text());
    }

    /** @throws io.thermolake.asl.InvalidDefinitionException with everything that is wrong with it */
    public static Machine of(String definition) {
        return of(definition, Definition.Type.STANDARD);
    }

    /**
     * The same for a standard or an express machine.
     *
     * @throws io.thermolake.asl.InvalidDefinitionException with everything that is wrong with it
     */
    public static Machine of(String definition, Definition.Type type) {
        return new Machine("machine", Definition.parse(definition, type), type);
    }

    /**
     * Reads a definition; its name is the file's.
     *
     * @throws io.thermolake.asl.InvalidDefinitionException with everything that is wrong with it
     * @throws UncheckedIOException when the file cannot be read
     */
    public static Machine read(Path file) {
        return read(file, Map.of());
    }

    /** The same with what SAM's DefinitionSubstitutions would put in, by name: <code>${name}</code> becomes the value. */
    public static Machine read(Path file, Map<String, String> substitutions) {
        return read(file, substitutions, Definition.Type.STANDARD);
    }

    /** The same for a standard or an express machine. */
    public static Machine read(Path file, Map<String, String> substitutions, Definition.Type type) {
        try {
            String text = Files.readString(file);
            for (Map.Entry<String, String> each : substitutions.entrySet()) {
                text = text.replace("${" + each.getKey() + "}", each.getValue());
            }
            String name = String.valueOf(file.getFileName()).replaceFirst("\\.asl\\.json$|\\.json$", "");
            return new Machine(name, Definition.parse(text, type), type);
        } catch (IOException e) {
            throw new UncheckedIOException("The definition " + file + " cannot be read", e);
        }
    }

    public String name() {
        return name;
    }

    public Definition definition() {
        return definition;
    }

    /** Which of the definition's parts the runs so far have reached. */
    public Coverage coverage() {
        return coverage;
    }

    /**
     * Runs to the end.
     *
     * @param input plain Java: maps, lists, texts, numbers of any kind, booleans, null
     * @param tasks who does the tasks' work, mostly {@link Mocks}
     */
    public Run run(@Nullable Object input, Resources tasks) {
        return start(input, tasks, ObjectStore.NONE).finish();
    }

    /** The same for a distributed Map that reads or writes objects. */
    public Run run(@Nullable Object input, Resources tasks, ObjectStore objects) {
        return start(input, tasks, objects).finish();
    }

    /** Starts a run that goes on step by step: for task tokens, activities, a stop in between. */
    public Run start(@Nullable Object input, Resources tasks, ObjectStore objects) {
        return new Run(this, input, tasks, objects);
    }

    /** One run, in virtual time. Not safe for several threads. */
    public static final class Run {
        private final VirtualTimer timer = new VirtualTimer(START);
        private final List<HistoryEvent> history = new ArrayList<>();
        private final Map<String, String> tokens = new HashMap<>();
        private final Machine machine;
        private final @Nullable Object input;
        private final Engine engine;
        private Execution execution;
        private Map<String, @Nullable Object> snapshot = Map.of();
        private int redrives;

        private Run(Machine machine, @Nullable Object input, Resources tasks, ObjectStore objects) {
            this.machine = machine;
            this.input = Json.plain(input);
            if (tasks instanceof Mocks mocks) {
                mocks.timer(timer);
            }
            this.engine = new Engine(noting(tasks), timer, new Random(1), Runnable::run, objects);
            this.execution = engine.start(machine.definition, identity(), this.input, listener());
        }

        /** Notes which task waits for which token. */
        private Resources noting(Resources tasks) {
            return resource -> {
                TaskHandler handler = tasks.find(resource);
                return handler == null
                        ? null
                        : request -> {
                            if (request.token() != null) {
                                tokens.put(request.stateName(), request.token());
                            }
                            return handler.start(request);
                        };
            };
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
                public void moved(Map<String, @Nullable Object> moved) {
                    snapshot = Json.object(Json.plain(moved));
                }

                @Override
                public void reached(String state, String field, int index) {
                    machine.coverage.reached(state, field, index);
                }

                @Override
                public ExecutionListener child(ExecutionIdentity child, String mapRunArn) {
                    return machine.coverage;
                }
            };
        }

        private ExecutionIdentity identity() {
            boolean express = machine.type == Definition.Type.EXPRESS;
            String name = machine.name;
            return new ExecutionIdentity(
                    "arn:aws:states:" + ACCOUNT
                            + (express ? ":express:" + name + ":run:1" : ":execution:" + name + ":run"),
                    "run",
                    "arn:aws:iam::111111111111:role/" + name,
                    START,
                    "arn:aws:states:" + ACCOUNT + ":stateMachine:" + name,
                    name);
        }

        /**
         * Goes on as RedriveExecution does: at the state that failed, with the variables and results that there were.
         * Each task takes the next answer of its mocks.
         *
         * @throws IllegalStateException when the run is not over, has succeeded, or is an express one's
         */
        public Run redrive() {
            if (machine.type == Definition.Type.EXPRESS) {
                throw new IllegalStateException("An express execution cannot be redriven");
            }
            ExecutionResult result = result();
            if (result == null || result instanceof ExecutionResult.Succeeded) {
                throw new IllegalStateException(
                        "Only a run that failed, was stopped or timed out can be redriven, but it is " + status());
            }
            long last = history.get(history.size() - 1).id();
            execution = engine.redrive(machine.definition, identity(), input, listener(), snapshot, ++redrives, last);
            return finish();
        }

        /**
         * Answers the task token of a state, as SendTaskSuccess does, and goes on.
         *
         * @throws IllegalStateException when no task of the state waits for its token
         */
        public Run succeed(String state, @Nullable Object output) {
            return answered(state, engine.tokens().succeed(token(state), output));
        }

        /** The same as SendTaskFailure does. */
        public Run fail(String state, String error, String cause) {
            return answered(state, engine.tokens().fail(token(state), error, cause));
        }

        /** The same as SendTaskHeartbeat does. */
        public Run heartbeat(String state) {
            return answered(state, engine.tokens().heartbeat(token(state)));
        }

        private String token(String state) {
            return tokens.getOrDefault(state, "");
        }

        private Run answered(String state, boolean waited) {
            if (!waited) {
                throw new IllegalStateException("No task of the state '" + state + "' waits for its token");
            }
            return this;
        }

        /** Lets time pass, and what is due in it happen. */
        public Run advance(Duration time) {
            timer.advance(time);
            return this;
        }

        /**
         * Jumps to the next thing that is due.
         *
         * @return whether there was one and the run is not over
         */
        public boolean step() {
            return !execution.result().isDone() && timer.step();
        }

        /** Goes on until the run is over, or until nothing will ever happen any more. */
        public Run finish() {
            while (step()) {
                // Virtual time.
            }
            return this;
        }

        /** To answer task tokens and to work on activities. */
        public Engine engine() {
            return engine;
        }

        /** Stops the run as StopExecution does. */
        public Run stop(String error, String cause) {
            execution.stop(error, cause);
            return this;
        }

        /** The result, or null while the run is not over. */
        public @Nullable ExecutionResult result() {
            return execution.result().getNow(null);
        }

        /** AWS's status; RUNNING when it waits for something that never comes. */
        public String status() {
            ExecutionResult result = result();
            return result == null ? "RUNNING" : result.status();
        }

        public @Nullable Object output() {
            return result() instanceof ExecutionResult.Succeeded succeeded ? succeeded.output() : null;
        }

        public @Nullable String error() {
            return result() instanceof ExecutionResult.Failed failed ? failed.error() : null;
        }

        public @Nullable String cause() {
            return result() instanceof ExecutionResult.Failed failed ? failed.cause() : null;
        }

        /** How long it took, in the time of the machine. */
        public Duration elapsed() {
            return Duration.between(START, timer.now());
        }

        public List<HistoryEvent> history() {
            return List.copyOf(history);
        }

        /** The names of the states that were entered, in order. */
        public List<String> states() {
            return history.stream()
                    .filter(e -> e.type().endsWith("StateEntered"))
                    .map(e -> String.valueOf(e.details().get("name")))
                    .toList();
        }

        /** The run as a person reads it. */
        public String trace() {
            return Trace.of(history);
        }
    }
}
