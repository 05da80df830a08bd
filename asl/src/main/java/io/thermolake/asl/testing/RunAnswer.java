package io.thermolake.asl.testing;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.engine.Definition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of a run, as plain JSON. */
final class RunAnswer {
    private RunAnswer() {}

    static Map<String, @Nullable Object> rejected(InvalidDefinitionException e) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("status", AslRunner.REJECTED);
        answer.put("cause", e.getMessage());
        answer.put("events", List.of());
        answer.put("diagnostics", e.diagnostics().stream().map(Diagnostic::json).toList());
        return answer;
    }

    static Map<String, @Nullable Object> of(
            Definition definition, @Nullable ExecutionResult result, List<HistoryEvent> events) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("status", result == null ? "RUNNING" : result.status());
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
        answer.put("events", events.stream().map(RunAnswer::json).toList());
        answer.put(
                "diagnostics",
                definition.warnings().stream().map(Diagnostic::json).toList());
        return answer;
    }

    private static Map<String, @Nullable Object> json(HistoryEvent event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", event.type());
        if (event.details().get("name") != null) {
            json.put("name", event.details().get("name"));
        }
        json.put("id", event.id());
        json.put("previousEventId", event.previousEventId());
        json.put("timestamp", event.timestamp().toString());
        if (!event.details().isEmpty()) {
            json.put("details", event.details());
        }
        return json;
    }
}
