package io.thermolake.asl.engine;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.internal.definition.Compiled;
import io.thermolake.asl.internal.definition.DefinitionParser;
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
    private final Compiled compiled;

    private Definition(String text, Compiled compiled) {
        this.text = text;
        this.compiled = compiled;
    }

    /**
     * Compiles the definition of a standard state machine.
     *
     * @throws InvalidDefinitionException with everything that is wrong, not only the first
     */
    public static Definition parse(String json) {
        return parse(json, Type.STANDARD);
    }

    /**
     * Compiles the definition of a state machine of a type.
     *
     * @throws InvalidDefinitionException with everything that is wrong, not only the first
     */
    public static Definition parse(String json, Type type) {
        return new Definition(json, new DefinitionParser(type == Type.EXPRESS).parse(json));
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
        return compiled.warnings();
    }

    /** The machine's own TimeoutSeconds, if it has any. */
    public Optional<Long> timeoutSeconds() {
        return compiled.timeoutSeconds();
    }

    /** What the engine runs. */
    Compiled compiled() {
        return compiled;
    }
}
