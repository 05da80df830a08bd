package io.thermolake.asl;

import io.thermolake.asl.path.ResultPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles one state. Longer than a page since it is the grammar: a table of fields, and one method a type. */
final class StateParser {
    private static final List<String> TYPES =
            List.of("Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map");
    private static final Set<String> ANY = Set.of("Type", "Comment", "QueryLanguage");
    private static final Set<String> PATHS = Set.of("InputPath", "OutputPath");
    private static final Set<String> WORK =
            Set.of("InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath");

    /** Fields by type: in both languages, only in JSONPath, only in JSONata. */
    private record Grammar(Set<String> both, Set<String> path, Set<String> jsonata) {}

    private static final Map<String, Grammar> GRAMMAR = Map.of(
            "Pass",
                    new Grammar(
                            Set.of("Next", "End", "Assign"),
                            plus(PATHS, "Parameters", "Result", "ResultPath"),
                            Set.of("Output")),
            "Task",
                    new Grammar(
                            Set.of(
                                    "Next",
                                    "End",
                                    "Assign",
                                    "Resource",
                                    "TimeoutSeconds",
                                    "HeartbeatSeconds",
                                    "Credentials",
                                    "Retry",
                                    "Catch"),
                            plus(WORK, "TimeoutSecondsPath", "HeartbeatSecondsPath"),
                            Set.of("Arguments", "Output")),
            "Choice", new Grammar(Set.of("Choices", "Default", "Assign"), PATHS, Set.of("Output")),
            "Wait",
                    new Grammar(
                            Set.of("Next", "End", "Assign", "Seconds", "Timestamp"),
                            plus(PATHS, "SecondsPath", "TimestampPath"),
                            Set.of("Output")),
            "Succeed", new Grammar(Set.of("End"), PATHS, Set.of("Output")),
            "Fail", new Grammar(Set.of("End", "Error", "Cause"), Set.of("ErrorPath", "CausePath"), Set.of()),
            "Parallel",
                    new Grammar(
                            Set.of("Next", "End", "Assign", "Branches", "Retry", "Catch"),
                            WORK,
                            Set.of("Arguments", "Output")),
            "Map",
                    new Grammar(
                            Set.of(
                                    "Next",
                                    "End",
                                    "Assign",
                                    "ItemProcessor",
                                    "Iterator",
                                    "MaxConcurrency",
                                    "ItemSelector",
                                    "ItemReader",
                                    "ItemBatcher",
                                    "ResultWriter",
                                    "Label",
                                    "ToleratedFailureCount",
                                    "ToleratedFailurePercentage",
                                    "Retry",
                                    "Catch"),
                            plus(
                                    WORK,
                                    "ItemsPath",
                                    "MaxConcurrencyPath",
                                    "ToleratedFailureCountPath",
                                    "ToleratedFailurePercentagePath"),
                            Set.of("Items", "Output")));

    private final DefinitionParser scopes;
    private final Definition.Type machine;

    StateParser(DefinitionParser scopes, Definition.Type machine) {
        this.scopes = scopes;
        this.machine = machine;
    }

    private static Set<String> plus(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    @Nullable
    State state(String name, Fields fields, boolean machineJsonata) {
        fields.required("Type");
        String type = fields.text("Type");
        Grammar grammar = type == null ? null : GRAMMAR.get(type);
        if (type == null || grammar == null) {
            if (type != null) {
                fields.problems()
                        .schema("The field 'Type' should have one of these values: " + TYPES, fields.at() + "/Type");
            }
            return null;
        }
        fieldsOfLanguage(fields, grammar);
        if (fields.jsonata()) {
            new StatesUse(fields.problems()).check(fields);
        }
        if (grammar.both.contains("Next") && fields.has("Next") == Boolean.TRUE.equals(fields.get("End"))) {
            fields.problems().schema("Exactly one of these fields is required: [Next, End]", fields.at());
        }
        boolean choice = type.equals("Choice");
        State.Common common = new State.Common(
                name,
                fields.at(),
                choice ? null : fields.text("Next"),
                flow(fields),
                retriers(fields),
                catchers(fields));
        return switch (type) {
            case "Pass" -> new State.Pass(common, fields.has("Result") ? Value.literal(fields.get("Result")) : null);
            case "Succeed" -> new State.Succeed(common);
            case "Task" -> task(common, fields);
            case "Choice" -> new ChoiceParser().choice(common, fields);
            case "Wait" -> new State.Wait(common, delay(fields));
            case "Fail" -> new State.Fail(common, text(fields, "Error"), text(fields, "Cause"));
            case "Parallel" -> parallel(common, fields, machineJsonata);
            default -> new MapParser(scopes, machine).map(common, fields, machineJsonata);
        };
    }

    private static void fieldsOfLanguage(Fields fields, Grammar grammar) {
        Set<String> own = fields.jsonata() ? grammar.jsonata : grammar.path;
        Set<String> others = fields.jsonata() ? grammar.path : grammar.jsonata;
        for (String field : fields.json().keySet()) {
            if (ANY.contains(field) || grammar.both.contains(field) || own.contains(field)) {
                continue;
            }
            fields.problems()
                    .schema(
                            others.contains(field)
                                    ? "The QueryLanguage is set to '" + (fields.jsonata() ? "JSONata" : "JSONPath")
                                            + "', but field '" + field + "' is only supported for the '"
                                            + (fields.jsonata() ? "JSONPath" : "JSONata") + "' QueryLanguage"
                                    : "Field '" + field + "' is not supported",
                            fields.at());
        }
    }

    private static Flow flow(Fields fields) {
        if (fields.jsonata()) {
            return new Flow.Jsonata(fields.template("Arguments"), fields.assign(), fields.template("Output"));
        }
        // A Map's Parameters are its ItemSelector of old.
        Value parameters = "Map".equals(fields.get("Type")) ? null : fields.template("Parameters");
        return new Flow.Path(
                path(fields, "InputPath"),
                parameters,
                fields.template("ResultSelector"),
                resultPath(fields),
                fields.assign(),
                path(fields, "OutputPath"));
    }

    /** A path that {@code null} turns into an empty object. */
    private static @Nullable Value path(Fields fields, String name) {
        return fields.has(name) && fields.get(name) == null
                ? Value.literal(Map.of())
                : fields.path(name, PathField.Wording.INVALID_PATH, false);
    }

    static ResultPath resultPath(Fields fields) {
        if (!fields.has("ResultPath")) {
            return ResultPath.REPLACE;
        }
        String text = fields.text("ResultPath");
        if (text == null) {
            return ResultPath.DROP;
        }
        try {
            return ResultPath.parse(text);
        } catch (IllegalArgumentException e) {
            fields.problems().schema("Value is not a Reference Path. " + e.getMessage(), fields.at() + "/ResultPath");
            return ResultPath.REPLACE;
        }
    }

    private State task(State.Common common, Fields fields) {
        fields.required("Resource");
        String resource = fields.text("Resource");
        String at = fields.at() + "/Resource";
        if (resource != null && machine == Definition.Type.EXPRESS) {
            for (String pattern : List.of(".sync", ".waitForTaskToken")) {
                if (resource.endsWith(pattern) || resource.contains(pattern + ":")) {
                    // The blank at the end of the second is AWS's.
                    fields.problems()
                            .schema(
                                    "Express state machine does not support '" + pattern + "' service integration"
                                            + (pattern.equals(".sync") ? "" : " "),
                                    at);
                }
            }
        }
        return new State.Task(
                common,
                resource == null ? "" : resource,
                seconds(fields, "TimeoutSeconds", 1),
                seconds(fields, "HeartbeatSeconds", 1),
                fields.template("Credentials"));
    }

    private static @Nullable NumberField seconds(Fields fields, String name, int least) {
        NumberField seconds = fields.number(name);
        if (seconds != null && fields.get(name) instanceof Number) {
            fields.bounded(name, least, least, Delay.LONGEST_SECONDS);
        }
        return seconds;
    }

    private static Delay delay(Fields fields) {
        long given = List.of("Seconds", "SecondsPath", "Timestamp", "TimestampPath").stream()
                .filter(fields::has)
                .count();
        if (given != 1) {
            fields.problems()
                    .schema(
                            "Exactly one of these fields is required: [Seconds, SecondsPath, Timestamp, TimestampPath]",
                            fields.at());
        }
        if (fields.has("SecondsPath")) {
            PathField path = fields.path("SecondsPath", PathField.Wording.NO_INPUT_VALUE, true);
            return new Delay(path == null ? null : new NumberField("SecondsPath", path), Value.literal(null));
        }
        if (fields.has("Seconds")) {
            return new Delay(seconds(fields, "Seconds", 0), Value.literal(null));
        }
        if (fields.has("TimestampPath")) {
            return new Delay(null, fields.path("TimestampPath", PathField.Wording.NO_INPUT_VALUE, true));
        }
        if (fields.get("Timestamp") instanceof String text) {
            if (!(fields.jsonata() && Template.isExpression(text)) && Condition.timestamp(text) == null) {
                fields.problems().schema("String does not match RFC3339 timestamp", fields.at() + "/Timestamp");
            }
        } else if (fields.has("Timestamp")) {
            fields.problems().schema("Expected value of type [STRING]", fields.at() + "/Timestamp");
        }
        return new Delay(null, fields.has("Timestamp") ? fields.literal("Timestamp") : Value.literal(null));
    }

    /** Error and Cause: a text, in JSONata an expression, in JSONPath by a path or an intrinsic function. */
    private static @Nullable Value text(Fields fields, String name) {
        if (fields.has(name) && !(fields.get(name) instanceof String)) {
            fields.problems().schema("Expected value of type [STRING]", fields.at() + "/" + name);
        }
        if (fields.has(name + "Path")) {
            if (fields.has(name)) {
                fields.problems().schema("You cannot specify both " + name + " and " + name + "Path", fields.at());
            }
            return fields.path(name + "Path", PathField.Wording.NOT_IN_INPUT, true);
        }
        return fields.literal(name);
    }

    private State parallel(State.Common common, Fields fields, boolean machineJsonata) {
        fields.required("Branches");
        List<State.Scope> branches = new ArrayList<>();
        for (Fields branch : fields.objects("Branches")) {
            if (branch.has("ProcessorConfig")) {
                fields.problems().schema("Field 'ProcessorConfig' is not supported", branch.at());
            }
            branches.add(scopes.inner(branch, machineJsonata));
        }
        if (fields.has("Branches") && branches.isEmpty()) {
            fields.problems().schema("The field 'Branches' should be non-empty", fields.at() + "/Branches");
        }
        return new State.Parallel(common, branches);
    }

    private static List<State.Retrier> retriers(Fields fields) {
        List<State.Retrier> retriers = new ArrayList<>();
        for (Fields retry : fields.objects("Retry")) {
            retry.required("ErrorEquals");
            retry.known(Set.of(
                    "ErrorEquals",
                    "IntervalSeconds",
                    "BackoffRate",
                    "MaxAttempts",
                    "MaxDelaySeconds",
                    "JitterStrategy",
                    "Comment"));
            if (retry.has("JitterStrategy")
                    && !List.of("FULL", "NONE").contains(String.valueOf(retry.get("JitterStrategy")))) {
                fields.problems()
                        .schema("Value should be one of the following: [FULL, NONE]", retry.at() + "/JitterStrategy");
            }
            retriers.add(new State.Retrier(
                    errors(retry),
                    whole(retry, "IntervalSeconds", 1),
                    retry.bounded("BackoffRate", 2, 1, Double.MAX_VALUE),
                    (long) whole(retry, "MaxAttempts", 3),
                    retry.bounded("MaxDelaySeconds", Double.MAX_VALUE, 1, 31_622_400),
                    "FULL".equals(retry.get("JitterStrategy"))));
        }
        allComesLast(
                fields, "Retry", retriers.stream().map(State.Retrier::errors).toList());
        return retriers;
    }

    private static double whole(Fields retry, String name, double otherwise) {
        double number = retry.bounded(name, otherwise, 0, 99_999_999);
        if (number != Math.rint(number)) {
            retry.problems().schema("Expected value of type [INTEGER]", retry.at() + "/" + name);
        }
        return number;
    }

    private static List<State.Catcher> catchers(Fields fields) {
        Set<String> allowed =
                plus(Set.of("ErrorEquals", "Next", "Assign", "Comment"), fields.jsonata() ? "Output" : "ResultPath");
        List<State.Catcher> catchers = new ArrayList<>();
        for (Fields caught : fields.objects("Catch")) {
            caught.required("ErrorEquals", "Next");
            caught.known(allowed);
            catchers.add(new State.Catcher(
                    errors(caught),
                    Objects.requireNonNullElse(caught.text("Next"), ""),
                    caught.assign(),
                    caught.template("Output"),
                    resultPath(caught)));
        }
        allComesLast(
                fields, "Catch", catchers.stream().map(State.Catcher::errors).toList());
        return catchers;
    }

    private static List<String> errors(Fields fields) {
        List<String> errors = fields.texts("ErrorEquals");
        if (fields.has("ErrorEquals") && errors.isEmpty()) {
            fields.problems().schema("The field 'ErrorEquals' should be non-empty", fields.at() + "/ErrorEquals");
        }
        return errors;
    }

    private static void allComesLast(Fields fields, String field, List<List<String>> all) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).contains(StatesError.ALL) && (all.get(i).size() > 1 || i < all.size() - 1)) {
                fields.problems()
                        .schema(
                                "States.ALL must appear alone and at the end of the list",
                                fields.at() + "/" + field + "[" + i + "]/ErrorEquals");
            }
        }
    }
}
