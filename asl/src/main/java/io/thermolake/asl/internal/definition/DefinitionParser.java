package io.thermolake.asl.internal.definition;

import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.Json;
import io.thermolake.asl.internal.check.Graph;
import io.thermolake.asl.internal.check.Lints;
import io.thermolake.asl.internal.check.Names;
import io.thermolake.asl.internal.check.Problems;
import io.thermolake.asl.internal.state.Delay;
import io.thermolake.asl.internal.state.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a definition. What the engine does not know is refused by name, never ignored. */
public final class DefinitionParser {
    private static final Set<String> ROOT = Set.of("QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version");
    private static final int LONGEST_NAME = 80;

    private final boolean express;
    private final Problems problems = new Problems();

    /** @param express whether the machine is an EXPRESS one */
    public DefinitionParser(boolean express) {
        this.express = express;
    }

    /** @throws InvalidDefinitionException with everything that is wrong, not only the first */
    public Compiled parse(String json) {
        Map<String, @Nullable Object> object = object(json);
        Fields plain = new Fields(object, "", "", false, problems);
        plain.required("States", "StartAt");
        plain.known(ROOT);
        plain.oneOf("Version", List.of("1.0"));
        boolean jsonata = language(plain, false);
        Optional<Long> timeout = plain.has("TimeoutSeconds")
                ? Optional.of(plain.whole("TimeoutSeconds", 0, 0, Delay.LONGEST_SECONDS))
                : Optional.empty();
        State.Scope scope = scope(plain.in(jsonata));
        new Names(problems).check(object, json);
        if (plain.has("StartAt") && plain.has("States")) {
            new Graph(problems).check(scope, object, "");
        }
        if (problems.hasErrors()) {
            throw new InvalidDefinitionException(problems.found());
        }
        new Lints(problems).check(object, scope, jsonata);
        return new Compiled(scope, timeout, problems.found());
    }

    private Map<String, @Nullable Object> object(String json) {
        try {
            if (json.isEmpty()) {
                problems.error("MISSING_DESCRIPTION", "The definition is empty", null);
            } else if (!json.isBlank() && Json.parse(json) instanceof Map<?, ?> map) {
                return Json.object(map);
            } else {
                problems.error(Problems.SCHEMA, "Definition must be a valid JSON object", null);
            }
        } catch (IllegalArgumentException | StackOverflowError e) {
            problems.error("INVALID_JSON_DESCRIPTION", String.valueOf(e.getMessage()), null);
        }
        throw new InvalidDefinitionException(problems.found());
    }

    /**
     * Compiles one state on its own; whether its targets exist is not asked.
     *
     * @throws InvalidDefinitionException with everything that is wrong with it
     */
    public State state(String name, Map<String, @Nullable Object> json) {
        Fields plain = new Fields(json, "", "", false, problems);
        boolean jsonata = language(plain, false);
        State state = new StateParser(this, express).state(name, plain.in(jsonata), jsonata);
        if (state == null || problems.hasErrors()) {
            throw new InvalidDefinitionException(problems.found());
        }
        return state;
    }

    /** The states of a scope; a machine that is JSONata as a whole has no JSONPath inside. */
    State.Scope scope(Fields scope) {
        Map<String, State> states = new LinkedHashMap<>();
        Fields all = scope.object("States");
        if (scope.get("States") instanceof Map<?, ?> map && map.isEmpty()) {
            scope.problem("Value cannot be empty", "States");
        }
        for (String name : all.json().keySet()) {
            State state = named(name, all.at() + "/" + name, all.get(name), scope.jsonata());
            if (state != null) {
                states.put(name, state);
            }
        }
        String startAt = scope.text("StartAt");
        return new State.Scope(startAt == null ? "" : startAt, states);
    }

    private @Nullable State named(String name, String at, @Nullable Object json, boolean machineJsonata) {
        if (name.isEmpty()) {
            problems.error("INVALID_STATE_NAME", "Invalid State name: a state's name cannot be empty", at);
        }
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            problems.error(
                    "INVALID_STATE_NAME",
                    "Invalid State name: State '" + name + "' exceeds the 80-character limit allowed by the service",
                    at);
        }
        if (!(json instanceof Map<?, ?>)) {
            problems.schema("Expected value of type Object", at);
            return null;
        }
        Fields plain = new Fields(Json.object(json), at, "", machineJsonata, problems);
        return new StateParser(this, express).state(name, plain.in(language(plain, machineJsonata)), machineJsonata);
    }

    /** A scope inside a state, with the machine's own language: a Map's processor, a Parallel's branch. */
    State.Scope inner(Fields scope, boolean machineJsonata, Set<String> allowed) {
        scope.required("States", "StartAt");
        scope.known(allowed);
        return scope(new Fields(scope.json(), scope.at(), "", machineJsonata, problems));
    }

    private static boolean language(Fields fields, boolean inherited) {
        if (!fields.has("QueryLanguage")) {
            return inherited;
        }
        boolean jsonata = !"JSONPath".equals(fields.oneOf("QueryLanguage", List.of("JSONPath", "JSONata")));
        if (inherited && !jsonata) {
            fields.problem("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
        }
        return jsonata;
    }
}
