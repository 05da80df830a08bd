package io.thermolake.asl;

import io.thermolake.asl.path.PathExpression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Warnings of a definition that runs but may not do what its writer meant. NO_DOLLAR, NO_PATH and PASS_RESULT_IS_STATIC
 * are AWS's; the others are this engine's own.
 */
final class Lints {
    private static final Set<String> ERRORS = Set.of(
            "States.ALL",
            "States.BranchFailed",
            "States.DataLimitExceeded",
            "States.ExceedToleratedFailureThreshold",
            "States.HeartbeatTimeout",
            "States.Http.Socket",
            "States.IntrinsicFailure",
            "States.ItemReaderFailed",
            "States.NoChoiceMatched",
            "States.ParameterPathFailure",
            "States.Permissions",
            "States.QueryEvaluationError",
            "States.ResultPathMatchFailure",
            "States.ResultWriterFailed",
            "States.Runtime",
            "States.TaskFailed",
            "States.Timeout");
    private static final Set<String> TEMPLATES =
            Set.of("Parameters", "ResultSelector", "ItemSelector", "Assign", "BatchInput", "Credentials");
    private static final Set<String> PATH_FIELDS =
            Set.of("Seconds", "Timestamp", "MaxConcurrency", "TimeoutSeconds", "HeartbeatSeconds", "Error", "Cause");

    private final Problems problems;

    Lints(Problems problems) {
        this.problems = problems;
    }

    void check(Map<String, ?> json, State.Scope scope, boolean jsonata) {
        scope(json, scope, "", jsonata, jsonata, Set.of());
    }

    private void scope(
            Map<String, ?> json,
            State.Scope scope,
            String at,
            boolean jsonata,
            boolean machineJsonata,
            Set<String> outer) {
        Set<String> assigned = new TreeSet<>(outer);
        Map<String, ?> states = Json.object(json.get("States"));
        states.values().forEach(state -> Variables.assigned(Json.object(state)).forEach(assigned::add));
        scope.states().forEach((name, state) -> {
            Map<String, @Nullable Object> fields = Json.object(states.get(name));
            String here = at + "/States/" + name;
            boolean mine =
                    fields.containsKey("QueryLanguage") ? !"JSONPath".equals(fields.get("QueryLanguage")) : jsonata;
            state(state, fields, here, mine);
            for (String variable : Variables.read(fields, mine)) {
                if (!assigned.contains(variable)) {
                    problems.warning(
                            "UNASSIGNED_VARIABLE",
                            "The variable $" + variable + " is read, but no state assigns it",
                            here);
                }
            }
            inner(state, fields, here, machineJsonata, assigned);
        });
        loops(scope, at);
    }

    private void inner(State state, Map<String, ?> fields, String here, boolean machineJsonata, Set<String> assigned) {
        if (state instanceof State.Parallel parallel) {
            List<?> branches = Json.list(fields.get("Branches"));
            for (int i = 0; i < parallel.branches().size(); i++) {
                String at = here + "/Branches[" + i + "]";
                scope(
                        Json.object(branches.get(i)),
                        parallel.branches().get(i),
                        at,
                        machineJsonata,
                        machineJsonata,
                        assigned);
            }
        } else if (state instanceof State.MapState map) {
            String name = fields.containsKey("Iterator") ? "Iterator" : "ItemProcessor";
            // A distributed Map's children are executions of their own: they see none of the variables.
            scope(
                    Json.object(fields.get(name)),
                    map.processor(),
                    here + "/" + name,
                    machineJsonata,
                    machineJsonata,
                    map.distributed() == null ? assigned : Set.of());
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
        handlers(
                "Retry",
                state.common().retriers().stream().map(State.Retrier::errors).toList(),
                here);
        handlers(
                "Catch",
                state.common().catchers().stream().map(State.Catcher::errors).toList(),
                here);
    }

    private void handlers(String field, List<List<String>> all, String here) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            String at = here + "/" + field + "[" + i + "]";
            for (String error : all.get(i)) {
                if ((error.startsWith("States.") || error.startsWith("State.")) && !ERRORS.contains(error)) {
                    problems.warning(
                            "UNKNOWN_ERROR_NAME",
                            "Step Functions raises no error of the name '" + error + "'",
                            at + "/ErrorEquals");
                } else if (error.equals(StatesError.RUNTIME)) {
                    problems.warning(
                            "NEVER_MATCHES",
                            "States.Runtime ends the execution: it is never retried and never caught",
                            at + "/ErrorEquals");
                }
            }
            if (!all.get(i).isEmpty() && taken.containsAll(all.get(i))) {
                problems.warning(
                        "NEVER_MATCHES", "Every error that it names is taken by one before it: " + all.get(i), at);
            }
            taken.addAll(all.get(i));
        }
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

    /** Loops that no Choice, no catcher and no end leaves: they run until the history is full. */
    private void loops(State.Scope scope, String at) {
        for (Map.Entry<String, State> each : scope.states().entrySet()) {
            Set<String> circle = circle(scope, each.getKey());
            boolean leaves = circle.stream()
                    .flatMap(name -> targets(scope, name).stream())
                    .anyMatch(target -> !circle.contains(target));
            if (!circle.isEmpty() && !leaves && each.getKey().equals(new TreeSet<>(circle).first())) {
                problems.warning(
                        "UNBOUNDED_LOOP",
                        "No transition leaves the loop of " + new TreeSet<>(circle)
                                + ": it runs until the history of 25,000 events is full",
                        at + "/States/" + each.getKey());
            }
        }
    }

    /** The states that are reached from one and lead back to it. */
    private static Set<String> circle(State.Scope scope, String name) {
        Set<String> circle = new HashSet<>();
        for (String other : from(scope, name)) {
            if (from(scope, other).contains(name)) {
                circle.add(other);
            }
        }
        return circle;
    }

    private static Set<String> from(State.Scope scope, String name) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(targets(scope, name));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (scope.states().containsKey(next) && seen.add(next)) {
                open.addAll(targets(scope, next));
            }
        }
        return seen;
    }

    private static List<String> targets(State.Scope scope, String name) {
        State state = scope.states().get(name);
        return state == null ? List.of() : state.targets();
    }
}
