package io.thermolake.local.states;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.local.aws.JsonStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Every standard execution that there was, and the running ones' handles. */
final class Executions {
    private final JsonStore<ExecutionRecord> records;
    private final Histories histories;
    private final Map<String, Execution> running = new ConcurrentHashMap<>();

    Executions(Path state) {
        this.records = new JsonStore<>(state.resolve("executions"), ExecutionRecord.class);
        this.histories = new Histories(state.resolve("histories"));
    }

    Histories histories() {
        return histories;
    }

    Optional<ExecutionRecord> get(String arn) {
        return records.get(arn);
    }

    /** @throws software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException when there is none */
    ExecutionRecord find(String arn) {
        Arn.parse(arn, Arn.EXECUTION);
        return records.get(arn).orElseThrow(() -> SfnErrors.noExecution(arn));
    }

    List<ExecutionRecord> list() {
        return records.list();
    }

    ExecutionRecord put(ExecutionRecord record) {
        records.put(record.arn(), record);
        return record;
    }

    /** Whether an execution of the machine, or a child of one, runs. */
    boolean anyRunning(String machineArn) {
        return records.list().stream()
                .anyMatch(e -> e.isRunning()
                        && (e.machineArn().equals(machineArn) || e.machineArn().startsWith(machineArn + "/")));
    }

    void runs(String arn, Execution execution) {
        running.put(arn, execution);
    }

    void runsNoMore(String arn) {
        running.remove(arn);
    }

    @Nullable
    Execution running(String arn) {
        return running.get(arn);
    }

    /** An execution's record with its end, which {@link #end} writes down. */
    ExecutionRecord over(String arn, ExecutionResult result, Instant at) {
        String output = result instanceof ExecutionResult.Succeeded s ? Json.text(s.output()) : null;
        String error = null;
        String cause = null;
        if (result instanceof ExecutionResult.Failed failed) {
            error = failed.error();
            cause = failed.cause();
        } else if (result instanceof ExecutionResult.Aborted aborted) {
            error = aborted.error();
            cause = aborted.cause();
        }
        return find(arn).ended(result.status(), output, error, cause, at);
    }

    void end(ExecutionRecord over) {
        records.putEnd(over.arn(), over);
    }
}
