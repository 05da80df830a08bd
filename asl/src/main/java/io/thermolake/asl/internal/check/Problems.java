package io.thermolake.asl.internal.check;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with a definition, all of it. */
public final class Problems {
    public static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";
    private final List<Diagnostic> found = new ArrayList<>();

    public void schema(String message, String location) {
        error(SCHEMA, message, location);
    }

    public void error(String code, String message, @Nullable String location) {
        found.add(new Diagnostic(Severity.ERROR, code, message, location));
    }

    public void warning(String code, String message, String location) {
        found.add(new Diagnostic(Severity.WARNING, code, message, location));
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    /** How many there are so far. */
    public int count() {
        return found.size();
    }

    public List<Diagnostic> found() {
        return List.copyOf(found);
    }
}
