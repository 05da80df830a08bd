package io.thermolake.asl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a definition. What the engine does not know is refused by name, never ignored. */
final class DefinitionParser {
    private static final Set<String> ROOT =
            Set.of("Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version");
    private static final int LONGEST_NAME = 80;
    /** Of ProcessorConfig and StartAt, which are a Map's own. */
    private static final Set<String> SCOPE = Set.of("StartAt", "States", "Comment", "ProcessorConfig");

    private final Definition.Type type;
    private final Problems problems = new Problems();

    DefinitionParser(Definition.Type type) {
        this.type = type;
    }

    Definition parse(String json) {
        Object value;
        try {
            value = json.isBlank() ? null : Json.parse(json);
        } catch (IllegalArgumentException e) {
            problems.error("INVALID_JSON_DESCRIPTION", String.valueOf(e.getMessage()), null);
            throw new InvalidDefinitionException(problems.found());
        }
        if (!(value instanceof Map<?, ?>)) {
            problems.error(Problems.SCHEMA, "Definition must be a valid JSON object", null);
            throw new InvalidDefinitionException(problems.found());
        }
        Fields root = new Fields(Json.object(value), "", "", false, problems);
        root.required("States", "StartAt");
        root.known(ROOT);
        boolean jsonata = language(root, false, "");
        Optional<Long> timeout = Optional.empty();
        if (root.has("TimeoutSeconds")) {
            timeout = Optional.of((long) root.bounded("TimeoutSeconds", 1, 0, 99_999_999));
        }
        State.Scope scope = scope(new Fields(root.json(), "", "", jsonata, problems));
        if (root.has("StartAt") && root.has("States")) {
            new Graph(problems).check(scope, root.json(), "");
            new VariableRules(problems).check(root.json(), "", jsonata, Set.of());
        }
        if (problems.hasErrors()) {
            throw new InvalidDefinitionException(problems.found());
        }
        new Lints(problems).check(root.json(), scope, jsonata);
        return new Definition(json, scope, timeout, problems.found());
    }

    /**
     * Compiles one state on its own; whether its targets exist is not asked.
     *
     * @throws InvalidDefinitionException with everything that is wrong with it
     */
    State state(String name, Map<String, @Nullable Object> json) {
        Fields plain = new Fields(json, "", "", false, problems);
        boolean jsonata = language(plain, false, "");
        State state = new StateParser(this, type).state(name, new Fields(json, "", "", jsonata, problems), jsonata);
        if (state == null || problems.hasErrors()) {
            throw new InvalidDefinitionException(problems.found());
        }
        return state;
    }

    /** The states of a scope; a machine that is JSONata as a whole has no JSONPath inside. */
    State.Scope scope(Fields scope) {
        Map<String, State> states = new LinkedHashMap<>();
        Fields all = scope.object("States");
        if (scope.has("States") && all.json().isEmpty()) {
            problems.schema("The field 'States' should be non-empty", scope.at() + "/States");
        }
        for (String name : all.json().keySet()) {
            if (name.length() > LONGEST_NAME) {
                problems.error(
                        "INVALID_STATE_NAME",
                        "State name must not exceed 80 characters: " + name,
                        all.at() + "/" + name);
            }
            Fields plain = new Fields(Json.object(all.get(name)), all.at() + "/" + name, "", scope.jsonata(), problems);
            boolean jsonata = language(plain, scope.jsonata(), plain.at());
            State state = new StateParser(this, type)
                    .state(name, new Fields(plain.json(), plain.at(), "", jsonata, problems), scope.jsonata());
            if (state != null) {
                states.put(name, state);
            }
        }
        String startAt = scope.text("StartAt");
        return new State.Scope(startAt == null ? "" : startAt, states);
    }

    /** A scope inside a state, with the machine's own language: a Map's processor, a Parallel's branch. */
    State.Scope inner(Fields scope, boolean machineJsonata) {
        scope.required("States", "StartAt");
        scope.known(SCOPE);
        return scope(new Fields(scope.json(), scope.at(), "", machineJsonata, problems));
    }

    private boolean language(Fields fields, boolean inherited, String at) {
        if (!fields.has("QueryLanguage")) {
            return inherited;
        }
        Object given = fields.get("QueryLanguage");
        if (!List.of("JSONPath", "JSONata").contains(String.valueOf(given))) {
            problems.schema(
                    given instanceof String
                            ? "Value should be one of the following: [JSONPath, JSONata]"
                            : "Expected value of type [STRING]",
                    at + "/QueryLanguage");
        }
        boolean jsonata = !"JSONPath".equals(given);
        if (inherited && !jsonata) {
            problems.schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", at);
        }
        return jsonata;
    }
}
