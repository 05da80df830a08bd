package io.thermolake.asl.internal.definition;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.internal.state.State;
import java.util.List;
import java.util.Optional;

/**
 * A definition as the engine runs it.
 *
 * @param warnings what is doubtful about it, though it runs
 */
public record Compiled(State.Scope scope, Optional<Long> timeoutSeconds, List<Diagnostic> warnings) {}
