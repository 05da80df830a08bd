package io.thermolake.asl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a definition in JSONata. What the engine does not know is refused by name, never ignored. Longer than a page since
 * it is the whole grammar, one method a state.
 */
final class DefinitionParser {
    private static final Set<String> ANY =
            Set.of("Type", "Comment", "QueryLanguage", "Next", "End", "Assign", "Output");
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Pass", Set.of(),
            "Task", Set.of("Resource", "Arguments", "TimeoutSeconds", "Retry", "Catch"),
            "Choice", Set.of("Choices", "Default"),
            "Wait", Set.of("Seconds", "Timestamp"),
            "Succeed", Set.of(),
            "Fail", Set.of("Error", "Cause"),
            "Parallel", Set.of("Branches", "Arguments", "Retry", "Catch"),
            "Map", Set.of("Items", "ItemSelector", "ItemProcessor", "MaxConcurrency", "Retry", "Catch"));
    private static final Set<String> TERMINAL = Set.of("Succeed", "Fail");

    private final List<Diagnostic> diagnostics = new ArrayList<>();

    Definition parse(String json) {
        Map<String, @Nullable Object> root;
        try {
            Object value = Json.parse(json);
            if (!(value instanceof Map<?, ?>)) {
                throw new IllegalArgumentException("a definition is a JSON object");
            }
            root = Json.object(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidDefinitionException(
                    List.of(new Diagnostic("INVALID_JSON_DESCRIPTION", String.valueOf(e.getMessage()), "/")));
        }
        known(root, Set.of("Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version"), "");
        if (!"JSONata".equals(root.get("QueryLanguage"))) {
            wrong("", "QueryLanguage must be JSONata; this engine does not run JSONPath", "/QueryLanguage");
        }
        State.Scope scope = scope(root, "");
        Optional<Long> timeout = Optional.empty();
        if (root.get("TimeoutSeconds") instanceof Long seconds) {
            timeout = Optional.of(seconds);
        } else if (root.containsKey("TimeoutSeconds")) {
            wrong("", "TimeoutSeconds must be a whole number", "/TimeoutSeconds");
        }
        if (!diagnostics.isEmpty()) {
            throw new InvalidDefinitionException(diagnostics);
        }
        return new Definition(json, scope, timeout);
    }

    private State.Scope scope(Map<String, @Nullable Object> json, String at) {
        Map<String, State> states = new LinkedHashMap<>();
        Map<String, @Nullable Object> all = Json.object(json.get("States"));
        if (all.isEmpty()) {
            wrong("SCHEMA_VALIDATION_FAILED", "States must name at least one state", at + "/States");
        }
        all.forEach((name, value) -> {
            State state = state(name, Json.object(value), at + "/States/" + name);
            if (state != null) {
                states.put(name, state);
            }
        });
        String startAt = json.get("StartAt") instanceof String s ? s : "";
        if (!all.containsKey(startAt)) {
            wrong("MISSING_TRANSITION_TARGET", "StartAt names the missing state '" + startAt + "'", at + "/StartAt");
        } else if (states.size() == all.size()) {
            reachable(startAt, states, at);
        }
        return new State.Scope(startAt, states);
    }

    private void reachable(String startAt, Map<String, State> states, String at) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(startAt));
        while (!open.isEmpty()) {
            String name = open.pop();
            State state = states.get(name);
            if (state == null || !seen.add(name)) {
                continue;
            }
            for (String target : targets(state)) {
                if (!states.containsKey(target)) {
                    wrong(
                            "MISSING_TRANSITION_TARGET",
                            "Missing 'Next' target: " + target,
                            at + "/States/" + name + "/Next");
                }
                open.push(target);
            }
        }
        states.keySet().stream()
                .filter(name -> !seen.contains(name))
                .forEach(name ->
                        wrong("UNREACHABLE_STATE", "State \"" + name + "\" is not reachable", at + "/States/" + name));
    }

    private static List<String> targets(State state) {
        List<String> targets = new ArrayList<>();
        if (state.common().next() != null) {
            targets.add(state.common().next());
        }
        state.common().catchers().forEach(c -> targets.add(c.next()));
        if (state instanceof State.Choice choice) {
            choice.rules().forEach(r -> targets.add(r.next()));
            if (choice.defaultNext() != null) {
                targets.add(choice.defaultNext());
            }
        }
        return targets;
    }

    private @Nullable State state(String name, Map<String, @Nullable Object> json, String at) {
        String type = String.valueOf(json.get("Type"));
        Set<String> fields = FIELDS.get(type);
        if (fields == null) {
            wrong(
                    "",
                    "Type must be one of " + FIELDS.keySet().stream().sorted().toList() + " but is " + type,
                    at + "/Type");
            return null;
        }
        Set<String> allowed = new HashSet<>(ANY);
        allowed.addAll(fields);
        known(json, allowed, at);
        if (json.containsKey("QueryLanguage") && !"JSONata".equals(json.get("QueryLanguage"))) {
            wrong("", "QueryLanguage must be JSONata", at + "/QueryLanguage");
        }
        boolean end = Boolean.TRUE.equals(json.get("End"));
        String next = json.get("Next") instanceof String s ? s : null;
        if (!TERMINAL.contains(type) && !type.equals("Choice") && end == (next != null)) {
            wrong("", "One of Next and End is needed", at);
        }
        State.Common common = new State.Common(
                name,
                next,
                end,
                template(json, "Assign", at),
                template(json, "Output", at),
                retriers(json, at),
                catchers(json, at));
        return switch (type) {
            case "Pass" -> new State.Pass(common);
            case "Succeed" -> new State.Succeed(common);
            case "Task" -> task(common, json, at);
            case "Choice" -> choice(common, json, at);
            case "Wait" -> wait(common, json, at);
            case "Fail" -> new State.Fail(common, template(json, "Error", at), template(json, "Cause", at));
            case "Parallel" -> parallel(common, json, at);
            default -> map(common, json, at);
        };
    }

    private State task(State.Common common, Map<String, @Nullable Object> json, String at) {
        String resource = json.get("Resource") instanceof String s ? s : "";
        if (resource.isEmpty()) {
            wrong("", "A Task needs a Resource", at + "/Resource");
        }
        return new State.Task(common, resource, template(json, "Arguments", at), template(json, "TimeoutSeconds", at));
    }

    private State choice(State.Common common, Map<String, @Nullable Object> json, String at) {
        List<State.Rule> rules = new ArrayList<>();
        for (Object each : list(json.get("Choices"))) {
            String here = at + "/Choices/" + rules.size();
            Map<String, @Nullable Object> rule = Json.object(each);
            known(rule, Set.of("Condition", "Next", "Assign", "Output", "Comment"), here);
            Template condition = template(rule, "Condition", here);
            if (condition == null || !(rule.get("Next") instanceof String next)) {
                wrong("", "A choice needs Condition and Next", here);
                continue;
            }
            rules.add(new State.Rule(condition, next, template(rule, "Assign", here), template(rule, "Output", here)));
        }
        return new State.Choice(common, rules, json.get("Default") instanceof String s ? s : null);
    }

    private State wait(State.Common common, Map<String, @Nullable Object> json, String at) {
        if (json.containsKey("Seconds") == json.containsKey("Timestamp")) {
            wrong("", "A Wait needs Seconds or Timestamp", at);
        }
        return new State.Wait(common, template(json, "Seconds", at), template(json, "Timestamp", at));
    }

    private State parallel(State.Common common, Map<String, @Nullable Object> json, String at) {
        List<State.Scope> branches = new ArrayList<>();
        for (Object each : list(json.get("Branches"))) {
            String here = at + "/Branches/" + branches.size();
            known(Json.object(each), Set.of("StartAt", "States", "Comment"), here);
            branches.add(scope(Json.object(each), here));
        }
        if (branches.isEmpty()) {
            wrong("", "A Parallel needs Branches", at + "/Branches");
        }
        return new State.Parallel(common, template(json, "Arguments", at), branches);
    }

    private State map(State.Common common, Map<String, @Nullable Object> json, String at) {
        String here = at + "/ItemProcessor";
        Map<String, @Nullable Object> processor = Json.object(json.get("ItemProcessor"));
        known(processor, Set.of("ProcessorConfig", "StartAt", "States", "Comment"), here);
        Object mode = Json.object(processor.get("ProcessorConfig")).get("Mode");
        if (mode != null && !"INLINE".equals(mode)) {
            wrong("", "This engine runs inline Maps; Mode is " + mode, here + "/ProcessorConfig/Mode");
        }
        return new State.InlineMap(
                common,
                template(json, "Items", at),
                template(json, "ItemSelector", at),
                template(json, "MaxConcurrency", at),
                scope(processor, here));
    }

    private List<State.Retrier> retriers(Map<String, @Nullable Object> json, String at) {
        List<State.Retrier> retriers = new ArrayList<>();
        for (Object each : list(json.get("Retry"))) {
            String here = at + "/Retry/" + retriers.size();
            Map<String, @Nullable Object> r = Json.object(each);
            known(
                    r,
                    Set.of(
                            "ErrorEquals",
                            "IntervalSeconds",
                            "BackoffRate",
                            "MaxAttempts",
                            "MaxDelaySeconds",
                            "JitterStrategy",
                            "Comment"),
                    here);
            retriers.add(new State.Retrier(
                    errors(r, here),
                    number(r, "IntervalSeconds", 1, here),
                    number(r, "BackoffRate", 2, here),
                    (int) number(r, "MaxAttempts", 3, here),
                    number(r, "MaxDelaySeconds", Double.MAX_VALUE, here),
                    "FULL".equals(r.get("JitterStrategy"))));
        }
        return retriers;
    }

    private List<State.Catcher> catchers(Map<String, @Nullable Object> json, String at) {
        List<State.Catcher> catchers = new ArrayList<>();
        for (Object each : list(json.get("Catch"))) {
            String here = at + "/Catch/" + catchers.size();
            Map<String, @Nullable Object> c = Json.object(each);
            known(c, Set.of("ErrorEquals", "Next", "Assign", "Output", "Comment"), here);
            String next = c.get("Next") instanceof String s ? s : "";
            catchers.add(
                    new State.Catcher(errors(c, here), next, template(c, "Assign", here), template(c, "Output", here)));
        }
        return catchers;
    }

    private List<String> errors(Map<String, @Nullable Object> json, String at) {
        List<String> errors =
                list(json.get("ErrorEquals")).stream().map(String::valueOf).toList();
        if (errors.isEmpty()) {
            wrong("", "ErrorEquals must name at least one error", at + "/ErrorEquals");
        }
        return errors;
    }

    private double number(Map<String, @Nullable Object> json, String field, double otherwise, String at) {
        Object value = json.get(field);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && number.doubleValue() >= 0) {
            return number.doubleValue();
        }
        wrong("", field + " must be a number that is not negative", at + "/" + field);
        return otherwise;
    }

    private @Nullable Template template(Map<String, @Nullable Object> json, String field, String at) {
        if (!json.containsKey(field)) {
            return null;
        }
        try {
            return new Template(field, json.get(field));
        } catch (IllegalArgumentException e) {
            wrong("INVALID_EXPRESSION", String.valueOf(e.getMessage()), at + "/" + field);
            return null;
        }
    }

    private void known(Map<String, @Nullable Object> json, Set<String> allowed, String at) {
        json.keySet().stream()
                .filter(field -> !allowed.contains(field))
                .forEach(field -> wrong("", "The field '" + field + "' is not supported here", at + "/" + field));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private void wrong(String code, String message, String location) {
        diagnostics.add(new Diagnostic(code.isEmpty() ? "SCHEMA_VALIDATION_FAILED" : code, message, location));
    }
}
