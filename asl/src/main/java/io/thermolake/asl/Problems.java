package io.thermolake.asl;

import io.thermolake.asl.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with a definition, all of it. */
final class Problems {
    static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";
    private final List<Diagnostic> found = new ArrayList<>();

    void schema(String message, String location) {
        error(SCHEMA, message, location);
    }

    void error(String code, String message, @Nullable String location) {
        found.add(new Diagnostic(Severity.ERROR, code, message, location));
    }

    void warning(String code, String message, String location) {
        found.add(new Diagnostic(Severity.WARNING, code, message, location));
    }

    boolean hasErrors() {
        return found.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    /** How many there are so far. */
    int count() {
        return found.size();
    }

    List<Diagnostic> found() {
        return List.copyOf(found);
    }
}
