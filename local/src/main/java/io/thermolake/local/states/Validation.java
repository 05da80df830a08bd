package io.thermolake.local.states;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.engine.Definition;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionDiagnostic;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionRequest;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;

/** ValidateStateMachineDefinition. */
final class Validation {
    private static final int MOST = 100;

    private Validation() {}

    static ValidateStateMachineDefinitionResponse validate(ValidateStateMachineDefinitionRequest request) {
        String definition = request.definition() == null ? "" : request.definition();
        if (definition.isEmpty() || definition.length() > Definitions.LARGEST) {
            throw SfnErrors.constraint(
                    "definition",
                    "of " + definition.length() + " characters",
                    "have length between 1 and " + Definitions.LARGEST);
        }
        int most = request.maxResults() == null || request.maxResults() == 0 ? MOST : request.maxResults();
        if (most < 0 || most > MOST) {
            throw SfnErrors.constraint("maxResults", most, "have value between 0 and " + MOST);
        }
        Definition.Type type =
                "EXPRESS".equals(request.typeAsString()) ? Definition.Type.EXPRESS : Definition.Type.STANDARD;
        List<Diagnostic> all = Definition.validate(definition, type);
        boolean warnings = "WARNING".equals(request.severityAsString());
        List<Diagnostic> wanted = all.stream()
                .filter(d -> warnings || d.severity() == Diagnostic.Severity.ERROR)
                .toList();
        return ValidateStateMachineDefinitionResponse.builder()
                .result(all.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR) ? "FAIL" : "OK")
                .diagnostics(
                        wanted.stream().limit(most).map(Validation::diagnostic).toList())
                .truncated(wanted.size() > most)
                .build();
    }

    private static ValidateStateMachineDefinitionDiagnostic diagnostic(Diagnostic found) {
        return ValidateStateMachineDefinitionDiagnostic.builder()
                .severity(found.severity().name())
                .code(found.code())
                .message(found.message())
                .location(found.location())
                .build();
    }
}
