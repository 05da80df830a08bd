package io.thermolake.asl.teststate;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.internal.engine.Inspection;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.StatesError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What TestState answers, from what was seen of the state's run. */
final class TestStateOutput {
    private final State state;
    private final TestStateInput request;
    private final Inspection inspection;

    TestStateOutput(State state, TestStateInput request, Inspection inspection) {
        this.state = state;
        this.request = request;
        this.inspection = inspection;
    }

    /** @param variables as the state leaves them @param result null when nothing answers any more */
    Map<String, @Nullable Object> of(Map<String, @Nullable Object> variables, @Nullable ExecutionResult result) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        if (result instanceof ExecutionResult.Succeeded succeeded) {
            answer.put("output", succeeded.output());
        } else if (result instanceof ExecutionResult.Failed failed) {
            put(answer, "error", failed.error());
            put(answer, "cause", failed.cause());
        } else {
            // Nothing answers any more: AWS waits for five minutes.
            answer.put("error", StatesError.TIMEOUT);
        }
        StatesError caught = inspection.error();
        if (caught != null) {
            put(answer, "error", caught.error);
            put(answer, "cause", caught.cause);
        }
        put(answer, "nextState", inspection.next());
        answer.put("status", status(result));
        if (request.level() != TestStateRun.Level.INFO) {
            answer.put("inspectionData", inspectionData(variables));
        }
        return answer;
    }

    private String status(@Nullable ExecutionResult result) {
        if (inspection.error() != null) {
            return "CAUGHT_ERROR";
        }
        return inspection.isRetriable() ? "RETRIABLE" : result == null ? "FAILED" : result.status();
    }

    /** As the API has it: the data as texts of JSON, numbers as numbers. */
    private Map<String, @Nullable Object> inspectionData(Map<String, @Nullable Object> variables) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        Set<String> unseen = unseen();
        data.put("input", Json.text(request.input()));
        inspection.data().forEach((step, value) -> {
            if (!unseen.contains(step)) {
                boolean number = step.startsWith("max") || step.startsWith("tolerated");
                data.put(step, number ? value : Json.text(value));
            }
        });
        if (!variables.isEmpty()) {
            data.put("variables", Json.text(variables));
        }
        if (!inspection.errorDetails().isEmpty()) {
            data.put("errorDetails", inspection.errorDetails());
        }
        return data;
    }

    private static void put(Map<String, @Nullable Object> answer, String name, @Nullable Object value) {
        if (value != null) {
            answer.put(name, value);
        }
    }

    /** The steps that AWS leaves out: before a literal Result, and around what is inside of a Parallel or a Map. */
    private Set<String> unseen() {
        if (!state.inner().isEmpty()) {
            return Set.of("afterInputPath", "afterParameters", "afterArguments", "result");
        }
        return state instanceof State.Pass pass && pass.result() != null ? Set.of("afterInputPath") : Set.of();
    }
}
