package io.thermolake.asl.internal.check;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.path.PathExpression;
import io.thermolake.asl.internal.state.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Warnings of a definition that runs but may not do what its writer meant. NO_DOLLAR, NO_PATH and PASS_RESULT_IS_STATIC
 * are AWS's; the others are this engine's own.
 */
public final class Lints {
    private static final Set<String> TEMPLATES =
            Set.of("Parameters", "ResultSelector", "ItemSelector", "Assign", "BatchInput", "Credentials");
    private static final Set<String> PATH_FIELDS =
            Set.of("Seconds", "Timestamp", "MaxConcurrency", "TimeoutSeconds", "HeartbeatSeconds", "Error", "Cause");

    private final Problems problems;

    public Lints(Problems problems) {
        this.problems = problems;
    }

    public void check(Map<String, @Nullable Object> json, State.Scope scope, boolean jsonata) {
        scope(json, scope, "", jsonata, VariableFlow.Known.NOTHING);
    }

    private void scope(
            Map<String, @Nullable Object> json,
            State.Scope scope,
            String at,
            boolean machineJsonata,
            VariableFlow.Known outside) {
        VariableFlow flow = new VariableFlow(json, outside);
        Map<String, @Nullable Object> states = Json.object(json.get("States"));
        Set<String> assigned = new TreeSet<>(outside.some());
        states.values().forEach(state -> assigned.addAll(Variables.assigned(Json.object(state))));
        scope.states().forEach((name, state) -> {
            Map<String, @Nullable Object> fields = Json.object(states.get(name));
            String here = at + "/States/" + name;
            boolean jsonata = machineJsonata || "JSONata".equals(fields.get("QueryLanguage"));
            state(state, fields, here, jsonata);
            VariableFlow.Known before = flow.before(name);
            variables(fields, jsonata, before, assigned, here);
            boolean apart = state instanceof State.MapState map && map.distributed() != null;
            int next = 0;
            for (Map.Entry<String, Map<String, @Nullable Object>> inner :
                    Names.inner(fields, here).entrySet()) {
                scope(
                        inner.getValue(),
                        state.inner().get(next++),
                        inner.getKey(),
                        machineJsonata,
                        // A distributed Map's children are executions of their own: they see none of the variables.
                        apart ? VariableFlow.Known.NOTHING : before);
            }
        });
        new Loops(problems, scope).check(at);
    }

    private void variables(
            Map<String, @Nullable Object> fields,
            boolean jsonata,
            VariableFlow.Known before,
            Set<String> assigned,
            String here) {
        Set<String> tested = Variables.tested(fields, jsonata);
        for (String variable : Variables.read(fields, jsonata)) {
            if (!before.some().contains(variable)) {
                problems.warning(
                        "UNASSIGNED_VARIABLE",
                        "The variable $" + variable + " is read, but "
                                + (assigned.contains(variable)
                                        ? "no state that comes before assigns it"
                                        : "no state assigns it"),
                        here);
            } else if (!before.every().contains(variable) && !tested.contains(variable)) {
                problems.warning(
                        "MAYBE_UNASSIGNED_VARIABLE",
                        "The variable $" + variable
                                + " is read, but there is a way to this state on which nothing assigns it",
                        here);
            }
        }
    }

    private void state(State state, Map<String, @Nullable Object> fields, String here, boolean jsonata) {
        if (!jsonata) {
            fields.forEach((field, value) -> {
                if (TEMPLATES.contains(field)) {
                    noDollar(value, here + "/" + field);
                } else if (PATH_FIELDS.contains(field)
                        && value instanceof String text
                        && PathExpression.looksLikeOne(text)) {
                    problems.warning(
                            "NO_PATH",
                            "The value of '" + field
                                    + "' looks like a path, but the field's name does not end with 'Path'",
                            here + "/" + field);
                }
            });
            if (state instanceof State.Pass && staticPath(fields.get("Result"))) {
                problems.warning(
                        "PASS_RESULT_IS_STATIC",
                        "Result is taken as it stands: a path in it is not evaluated",
                        here + "/Result");
            }
        }
        if (state instanceof State.Choice choice && choice.defaultNext() == null) {
            problems.warning(
                    "CHOICE_WITHOUT_DEFAULT",
                    "Input that no rule matches fails the execution with States.Runtime, which nothing can catch",
                    here);
        }
        new Handlers(problems, state).check(here);
    }

    private void noDollar(@Nullable Object value, String at) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> {
                String here = at + "/" + key;
                if (member instanceof String text
                        && !String.valueOf(key).endsWith(".$")
                        && PathExpression.looksLikeOne(text)) {
                    problems.warning(
                            "NO_DOLLAR",
                            "The value of '" + key
                                    + "' looks like a JSONPath or an intrinsic function, but the name does not end with '.$'",
                            here);
                }
                noDollar(member, here);
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                noDollar(list.get(i), at + "[" + i + "]");
            }
        }
    }

    private static boolean staticPath(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .anyMatch(e -> (String.valueOf(e.getKey()).endsWith(".$")
                                    && e.getValue() instanceof String text
                                    && PathExpression.looksLikeOne(text))
                            || staticPath(e.getValue()));
        }
        return value instanceof List<?> list
                ? list.stream().anyMatch(Lints::staticPath)
                : value instanceof String text && PathExpression.looksLikeOne(text);
    }
}
