package io.thermolake.asl;

import java.util.Optional;

/** A definition, checked and compiled once; it can be run any number of times, by many executions at once. */
public final class Definition {
    private final String text;
    private final State.Scope scope;
    private final Optional<Long> timeoutSeconds;

    Definition(String text, State.Scope scope, Optional<Long> timeoutSeconds) {
        this.text = text;
        this.scope = scope;
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * Compiles a definition.
     *
     * @throws InvalidDefinitionException with everything that is wrong, not only the first
     */
    public static Definition parse(String json) {
        return new DefinitionParser().parse(json);
    }

    /** The definition's own text. */
    public String text() {
        return text;
    }

    State.Scope scope() {
        return scope;
    }

    Optional<Long> timeoutSeconds() {
        return timeoutSeconds;
    }
}
