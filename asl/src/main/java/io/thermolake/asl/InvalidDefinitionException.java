package io.thermolake.asl;

import java.util.List;
import java.util.stream.Collectors;

/** A definition that cannot run, with everything that is wrong. The message is AWS's of CreateStateMachine. */
public final class InvalidDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an unmodifiable list of records
    private final List<Diagnostic> diagnostics;

    /** @param diagnostics errors and warnings */
    public InvalidDefinitionException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream()
                .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
                // AWS says, indeed, "at null" of a problem without a place.
                .map(d -> d.code() + ": " + d.message() + " at " + d.location())
                .collect(Collectors.joining(", ", "Invalid State Machine Definition: '", "'")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** Errors and warnings. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
