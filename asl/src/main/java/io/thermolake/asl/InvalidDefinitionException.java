package io.thermolake.asl;

import java.util.List;
import java.util.stream.Collectors;

/** A definition that cannot run, with everything that is wrong with it. */
public final class InvalidDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Diagnostic> diagnostics;

    InvalidDefinitionException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream()
                .map(d -> d.code() + ": " + d.message() + " at " + d.location())
                .collect(Collectors.joining("; ")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
