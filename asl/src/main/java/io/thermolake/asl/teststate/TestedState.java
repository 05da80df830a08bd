package io.thermolake.asl.teststate;

import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.Json;
import io.thermolake.asl.internal.definition.DefinitionParser;
import io.thermolake.asl.internal.state.State;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state that a request is about. */
final class TestedState {
    private static final String SINGLE = "StateName";

    private TestedState() {}

    static State of(String definition, @Nullable String name) {
        Map<String, @Nullable Object> json;
        try {
            json = Json.object(Json.parse(definition));
        } catch (IllegalArgumentException e) {
            throw new TestStateRun.Refused(
                    "InvalidDefinition", "Invalid State Machine Definition: '" + e.getMessage() + "'");
        }
        try {
            if (!json.containsKey("States")) {
                if (name != null) {
                    throw TestStateInput.invalid(
                            "stateName '" + name + "' needs a whole state machine, but the definition is one state");
                }
                return new DefinitionParser(false).state(SINGLE, json);
            }
            State.Scope scope = new DefinitionParser(false).parse(definition).scope();
            State found = find(scope, name == null ? scope.startAt() : name);
            if (found == null) {
                throw TestStateInput.invalid("The definition has no state '" + name + "'");
            }
            return found;
        } catch (InvalidDefinitionException e) {
            throw new TestStateRun.Refused("InvalidDefinition", String.valueOf(e.getMessage()));
        }
    }

    /** The state of a name in a scope or in one inside of it, or null. */
    static @Nullable State find(State.Scope scope, String name) {
        State here = scope.states().get(name);
        if (here != null) {
            return here;
        }
        for (State state : scope.states().values()) {
            for (State.Scope inner : state.inner()) {
                State found = find(inner, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
