package io.thermolake.asl;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * AWS's rules for the names in Assign, "Passing data between states with variables": Unicode identifiers of at most 80
 * characters, not {@code states}, and none that an outer scope assigns, too. The guide has no text for any of them.
 */
final class VariableRules {
    private static final int LONGEST = 80;
    private static final String RESERVED = "states";
    private static final String PATH_MARK = ".$";

    private final Problems problems;

    VariableRules(Problems problems) {
        this.problems = problems;
    }

    /** @param outer what the scopes around this one assign */
    void check(Map<String, ?> scope, String at, boolean machineJsonata, Set<String> outer) {
        Map<String, ?> states = Json.object(scope.get("States"));
        Set<String> here = new HashSet<>(outer);
        states.forEach((name, state) -> names(Json.object(state), at + "/States/" + name, machineJsonata, outer, here));
        states.forEach((name, state) -> inner(Json.object(state), at + "/States/" + name, machineJsonata, here));
    }

    private void names(Map<String, ?> state, String at, boolean machineJsonata, Set<String> outer, Set<String> here) {
        boolean jsonata = machineJsonata || "JSONata".equals(state.get("QueryLanguage"));
        names(state.get("Assign"), at + "/Assign", jsonata, outer, here);
        for (String field : List.of("Choices", "Catch")) {
            List<?> all = Json.list(state.get(field));
            for (int i = 0; i < all.size(); i++) {
                names(
                        Json.object(all.get(i)).get("Assign"),
                        at + "/" + field + "[" + i + "]/Assign",
                        jsonata,
                        outer,
                        here);
            }
        }
    }

    private void names(@Nullable Object assign, String at, boolean jsonata, Set<String> outer, Set<String> here) {
        for (String key : Json.object(assign).keySet()) {
            String name = !jsonata && key.endsWith(PATH_MARK) ? key.substring(0, key.length() - 2) : key;
            String wrong = wrong(name, outer);
            if (wrong != null) {
                problems.schema(wrong, at + "/" + key);
            }
            here.add(name);
        }
    }

    private static @Nullable String wrong(String name, Set<String> outer) {
        if (name.equals(RESERVED)) {
            return "The variable name '" + name + "' is reserved";
        }
        if (name.codePointCount(0, name.length()) > LONGEST) {
            return "The variable name '" + name + "' must not exceed " + LONGEST + " characters";
        }
        if (!isIdentifier(name)) {
            return "The variable name '" + name + "' must be a Unicode identifier";
        }
        return outer.contains(name) ? "The variable '" + name + "' is assigned in an outer scope, too" : null;
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && Character.isUnicodeIdentifierStart(name.codePointAt(0))
                && name.codePoints()
                        .allMatch(c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    private void inner(Map<String, ?> state, String at, boolean machineJsonata, Set<String> here) {
        List<?> branches = Json.list(state.get("Branches"));
        for (int i = 0; i < branches.size(); i++) {
            check(Json.object(branches.get(i)), at + "/Branches[" + i + "]", machineJsonata, here);
        }
        for (String field : List.of("ItemProcessor", "Iterator")) {
            Map<String, ?> processor = Json.object(state.get(field));
            // A distributed Map's children are executions of their own, with variables of their own.
            boolean distributed = "DISTRIBUTED"
                    .equals(Json.object(processor.get("ProcessorConfig")).get("Mode"));
            check(processor, at + "/" + field, machineJsonata, distributed ? Set.of() : here);
        }
    }
}
