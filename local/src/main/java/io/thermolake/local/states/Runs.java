package io.thermolake.local.states;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.engine.Engine;
import io.thermolake.local.events.EventRules;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/**
 * Starts standard executions, stops them, goes on with them, and tells EventBridge of their ends. An execution that was
 * RUNNING when the cloud died is ABORTED at its next start.
 */
final class Runs {
    private static final int LARGEST_INPUT = 262_144;
    private static final String STOPPED = "The laptop cloud was stopped";

    private final Engine engine;
    private final Executions executions;
    private final Definitions definitions;
    private final Machines machines;
    private final Recorder.Books books;
    private final EventRules rules;
    private final Consumer<String> ended;
    private final Clock clock;

    /** @param ended hears of the machine whose execution is over */
    Runs(
            Engine engine,
            Definitions definitions,
            Machines machines,
            Recorder.Books books,
            EventRules rules,
            Consumer<String> ended,
            Clock clock) {
        this.engine = engine;
        this.executions = books.executions();
        this.definitions = definitions;
        this.machines = machines;
        this.books = books;
        this.rules = rules;
        this.ended = ended;
        this.clock = clock;
    }

    /** What was running when the cloud died is over; returns when the rules' targets have heard of it. */
    void onStart() {
        rules.redeliver();
        Instant now = clock.instant();
        List<CompletableFuture<Void>> told = executions.list().stream()
                .filter(ExecutionRecord::isRunning)
                .map(e -> {
                    executions.histories().abort(e.arn(), STOPPED, now);
                    return over(e.ended("ABORTED", null, null, STOPPED, now));
                })
                .toList();
        told.forEach(CompletableFuture::join);
    }

    /**
     * Parses an execution's input.
     *
     * @throws software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException when it is no JSON, or too large
     */
    static @Nullable Object input(String input) {
        if (Json.bytes(input) > LARGEST_INPUT) {
            throw SfnErrors.invalidInput("The input is larger than " + LARGEST_INPUT + " bytes");
        }
        try {
            return Json.parse(input);
        } catch (IllegalArgumentException e) {
            throw SfnErrors.invalidInput(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Starts an execution, or answers with the one of this name that runs on the same input.
     *
     * @param givenName null for any
     * @param parent the execution that starts it and waits for it, or null
     */
    synchronized ExecutionRecord start(
            Targets.Target target, @Nullable String givenName, String input, @Nullable String parent) {
        MachineRecord machine = target.machine();
        String name = SfnErrors.name(givenName == null ? UUID.randomUUID().toString() : givenName);
        Object value = input(input);
        String arn = Arn.of(Arn.EXECUTION, machine.name() + ":" + name);
        ExecutionRecord existing = executions.get(arn).orElse(null);
        if (existing != null) {
            if (existing.isRunning() && existing.input().equals(input)) {
                return existing;
            }
            throw ExecutionAlreadyExistsException.builder()
                    .message("Execution Already Exists: '" + arn + "'")
                    .build();
        }
        ExecutionRecord execution = executions.put(ExecutionRecord.begun(
                arn,
                name,
                machine.arn(),
                input,
                clock.instant(),
                parent,
                new ExecutionRecord.Origin(
                        target.definition(),
                        target.roleArn(),
                        target.revisionId(),
                        target.versionArn(),
                        target.aliasArn(),
                        null)));
        follow(arn, engine.start(definition(execution), identity(execution), value, new Recorder(books, arn)));
        return execution;
    }

    /** Goes on with an execution that is over, with the definition that it began with. */
    synchronized void redrive(ExecutionRecord again) {
        executions.put(again);
        Histories histories = executions.histories();
        follow(
                again.arn(),
                engine.redrive(
                        definition(again),
                        identity(again),
                        Json.parse(again.input()),
                        new Recorder(books, again.arn()),
                        histories.snapshot(again.arn()),
                        again.redriveCount(),
                        histories.of(again.arn()).size()));
    }

    private Definition definition(ExecutionRecord execution) {
        ExecutionRecord.Origin origin = execution.origin();
        String id = origin == null ? null : origin.definition();
        return definitions.get(
                id == null ? machines.find(execution.machineArn()).definition() : id, Definition.Type.STANDARD);
    }

    private ExecutionIdentity identity(ExecutionRecord execution) {
        ExecutionRecord.Origin origin = execution.origin();
        return new ExecutionIdentity(
                execution.arn(),
                execution.name(),
                origin == null ? machines.find(execution.machineArn()).roleArn() : origin.roleArn(),
                execution.started(),
                execution.machineArn(),
                Arn.parse(execution.machineArn(), Arn.MACHINE).name());
    }

    private void follow(String arn, Execution execution) {
        executions.runs(arn, execution);
        execution.result().thenAccept(result -> {
            // A cloud that closes leaves RUNNING executions to its next start, as a killed one does.
            try {
                if (!books.closing().getAsBoolean()) {
                    over(executions.over(arn, result, clock.instant()));
                }
            } finally {
                executions.runsNoMore(arn);
            }
        });
    }

    /** @return done when EventBridge's targets have heard of it; of a Map Run's child they hear nothing */
    private CompletableFuture<Void> over(ExecutionRecord over) {
        Runnable recording = () -> {
            executions.end(over);
            ended.accept(over.machineArn());
        };
        if (over.mapRunArn() != null) {
            recording.run();
            return CompletableFuture.completedFuture(null);
        }
        return rules.put(StatusEvent.of(over), recording);
    }

    /** Stops an execution; one that is over stays as it is. */
    void stop(String arn, @Nullable String error, @Nullable String cause) {
        executions.find(arn);
        Execution execution = executions.running(arn);
        if (execution != null) {
            execution.stop(error, cause);
        }
    }

    /** How an execution ends, or has ended. */
    CompletableFuture<ExecutionResult> result(String arn) {
        Execution execution = executions.running(arn);
        if (execution != null) {
            return execution.result();
        }
        ExecutionRecord over = executions.find(arn);
        return CompletableFuture.completedFuture(
                switch (over.status()) {
                    case "SUCCEEDED" -> new ExecutionResult.Succeeded(Json.parse(String.valueOf(over.output())));
                    case "FAILED" -> new ExecutionResult.Failed(over.error(), over.cause());
                    case "TIMED_OUT" -> new ExecutionResult.TimedOut();
                    default -> new ExecutionResult.Aborted(over.error(), over.cause());
                });
    }
}
