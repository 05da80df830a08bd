package io.thermolake.asl.definition;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.state.State;
import java.util.List;
import java.util.Optional;

/** A definition, checked and compiled once; it can be run any number of times, by many executions at once. */
public final class Definition {
    /** What a state machine is made as. */
    public enum Type {
        STANDARD,
        EXPRESS
    }

    private final String text;
    private final State.Scope scope;
    private final Optional<Long> timeoutSeconds;
    private final List<Diagnostic> warnings;

    Definition(String text, State.Scope scope, Optional<Long> timeoutSeconds, List<Diagnostic> warnings) {
        this.text = text;
        this.scope = scope;
        this.timeoutSeconds = timeoutSeconds;
        this.warnings = warnings;
    }

    /**
     * Compiles the definition of a standard state machine.
     *
     * @throws InvalidDefinitionException with everything that is wrong, not only the first
     */
    public static Definition parse(String json) {
        return parse(json, Type.STANDARD);
    }

    /** @throws InvalidDefinitionException with everything that is wrong, not only the first */
    public static Definition parse(String json, Type type) {
        return new DefinitionParser(type).parse(json);
    }

    /** Everything that is wrong or doubtful: no error among it means that {@link #parse} succeeds. */
    public static List<Diagnostic> validate(String json, Type type) {
        try {
            return parse(json, type).warnings();
        } catch (InvalidDefinitionException e) {
            return e.diagnostics();
        }
    }

    /** The definition's own text. */
    public String text() {
        return text;
    }

    /** What is doubtful about it, though it runs. */
    public List<Diagnostic> warnings() {
        return warnings;
    }

    public State.Scope scope() {
        return scope;
    }

    public Optional<Long> timeoutSeconds() {
        return timeoutSeconds;
    }
}
