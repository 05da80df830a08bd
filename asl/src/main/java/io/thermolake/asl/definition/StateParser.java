package io.thermolake.asl.definition;

import io.thermolake.asl.Json;
import io.thermolake.asl.path.ResultPath;
import io.thermolake.asl.state.Condition;
import io.thermolake.asl.state.Delay;
import io.thermolake.asl.state.Flow;
import io.thermolake.asl.state.State;
import io.thermolake.asl.state.TaskResource;
import io.thermolake.asl.value.NumberField;
import io.thermolake.asl.value.PathField;
import io.thermolake.asl.value.StatesError;
import io.thermolake.asl.value.Value;
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
    private static final Set<String> ANY = Set.of("Type", "QueryLanguage");
    private static final Set<String> PATHS = Set.of("InputPath", "OutputPath");
    private static final Set<String> WORK =
            Set.of("InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath");

    private static final Set<String> BRANCH = Set.of("StartAt", "States");
    private static final Set<String> IN_ANY_CATCHER = Set.of("ErrorEquals", "Next", "Assign");
    private static final Set<String> PATTERNS = Set.of("sync", "sync:2", "waitForTaskToken");

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
                fields.problem("The field 'Type' should have one of these values: " + TYPES, "Type");
            }
            return null;
        }
        fields.known(
                union(ANY, grammar.both, fields.jsonata() ? grammar.jsonata : grammar.path),
                fields.jsonata() ? grammar.path : grammar.jsonata);
        boolean ends = fields.flag("End");
        if (grammar.both.contains("Next") && fields.has("Next") == ends) {
            fields.problem((ends
                            ? "There should only be one of the following fields: "
                            : "This object should have only one of the following fields: ")
                    + "[Next, End]");
        }
        boolean handles = grammar.both.contains("Catch");
        State.Common common = new State.Common(
                name,
                fields.at(),
                grammar.both.contains("Next") ? fields.text("Next") : null,
                flow(fields),
                handles ? retriers(fields) : List.of(),
                handles ? catchers(fields) : List.of());
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

    private static Set<String> union(Set<String> some, Set<String> more, Set<String> yetMore) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        all.addAll(yetMore);
        return all;
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
        if (fields.has("ResultPath") && fields.get("ResultPath") == null) {
            return ResultPath.DROP;
        }
        String text = fields.text("ResultPath");
        if (text == null) {
            return ResultPath.REPLACE;
        }
        try {
            return ResultPath.parse(text);
        } catch (IllegalArgumentException e) {
            fields.problem("Value is not a Reference Path. " + e.getMessage(), "ResultPath");
            return ResultPath.REPLACE;
        }
    }

    private State task(State.Common common, Fields fields) {
        fields.required("Resource");
        String resource = fields.text("Resource");
        if (resource != null) {
            resource(resource, fields);
        }
        NumberField timeout = fields.number("TimeoutSeconds", 1, Delay.LONGEST_SECONDS);
        NumberField heartbeat = fields.number("HeartbeatSeconds", 1, Delay.LONGEST_SECONDS);
        if (fields.get("TimeoutSeconds") instanceof Number whole
                && fields.get("HeartbeatSeconds") instanceof Number beat
                && beat.doubleValue() >= whole.doubleValue()) {
            fields.problem("HeartbeatSeconds must be smaller than TimeoutSeconds", "HeartbeatSeconds");
        }
        return new State.Task(
                common, resource == null ? "" : resource, timeout, heartbeat, credentials(resource, fields));
    }

    private void resource(String resource, Fields fields) {
        if (resource.contains("${")) {
            // A template's placeholder; what it stands for is not known yet.
            return;
        }
        if (!resource.startsWith("arn:")) {
            fields.problem("Value is not a valid resource ARN", "Resource");
            return;
        }
        TaskResource task = TaskResource.of(resource);
        int dot = task.action().indexOf('.');
        boolean recognized = task.family() == TaskResource.Family.INTEGRATION
                ? task.type().indexOf('.') < 0
                        && (dot < 0 || PATTERNS.contains(task.action().substring(dot + 1)))
                : task.family() == TaskResource.Family.ACTIVITY || !resource.matches("arn:[^:]*:states:.*");
        if (!recognized) {
            fields.problem("The resource provided " + resource + " is not recognized", "Resource");
        }
        if (machine == Definition.Type.EXPRESS) {
            express(task, fields);
        }
    }

    private static void express(TaskResource task, Fields fields) {
        if (task.isSync()) {
            fields.problem("Express state machine does not support '.sync' service integration", "Resource");
        } else if (task.waitsForToken()) {
            // The blank at the end is AWS's.
            fields.problem(
                    "Express state machine does not support '.waitForTaskToken' service integration ", "Resource");
        } else if (task.family() == TaskResource.Family.ACTIVITY) {
            fields.problem("Express state machine does not support Activity ARN", "Resource");
        }
    }

    private static @Nullable Value credentials(@Nullable String resource, Fields fields) {
        if (!fields.has("Credentials")) {
            return null;
        }
        if (resource != null && TaskResource.of(resource).family() == TaskResource.Family.ACTIVITY) {
            fields.problem("The field 'Credentials' is not supported for activities", "Credentials");
        }
        if (!fields.isExpression("Credentials")) {
            Fields credentials = fields.object("Credentials");
            if (fields.isObject("Credentials")
                    && !credentials.has("RoleArn")
                    && (fields.jsonata() || !credentials.has("RoleArn.$"))) {
                fields.problem("The field 'RoleArn' is required but was missing", "Credentials");
            }
        }
        return fields.template("Credentials");
    }

    private static Delay delay(Fields fields) {
        if (fields.jsonata()) {
            fields.exactlyOne("Seconds", "Timestamp");
        } else {
            fields.exactlyOne("SecondsPath", "Seconds", "TimestampPath", "Timestamp");
        }
        if (fields.has("SecondsPath")) {
            PathField path = fields.path("SecondsPath", PathField.Wording.NO_INPUT_VALUE, true);
            return new Delay(path == null ? null : new NumberField("SecondsPath", path), Value.literal(null));
        }
        if (fields.has("Seconds")) {
            return new Delay(fields.number("Seconds", 0, Delay.LONGEST_SECONDS), Value.literal(null));
        }
        if (fields.has("TimestampPath")) {
            return new Delay(null, fields.path("TimestampPath", PathField.Wording.NO_INPUT_VALUE, true));
        }
        String timestamp = fields.text("Timestamp");
        if (timestamp != null && !fields.isExpression("Timestamp") && Condition.timestamp(timestamp) == null) {
            fields.problem("String does not match RFC3339 timestamp", "Timestamp");
        }
        return new Delay(null, timestamp == null ? Value.literal(null) : fields.literal("Timestamp"));
    }

    /** Error and Cause: a text, in JSONata an expression, in JSONPath by a path or an intrinsic function. */
    private static @Nullable Value text(Fields fields, String name) {
        boolean byPath = !fields.jsonata() && fields.has(name + "Path");
        if (byPath) {
            fields.notBoth(name, name + "Path");
            return fields.path(name + "Path", PathField.Wording.NOT_IN_INPUT, true);
        }
        return fields.text(name) == null ? null : fields.literal(name);
    }

    private State parallel(State.Common common, Fields fields, boolean machineJsonata) {
        fields.required("Branches");
        fields.notEmpty("Branches");
        List<State.Scope> branches = fields.objects("Branches").stream()
                .map(branch -> scopes.inner(branch, machineJsonata, BRANCH))
                .toList();
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
                    "JitterStrategy"));
            boolean capped = retry.has("MaxDelaySeconds");
            retriers.add(new State.Retrier(
                    errors(retry),
                    retry.whole("IntervalSeconds", 1, 0, Delay.LONGEST_SECONDS),
                    retry.decimal("BackoffRate", 2, 1, Double.MAX_VALUE),
                    retry.whole("MaxAttempts", 3, 0, Delay.LONGEST_SECONDS),
                    capped ? retry.whole("MaxDelaySeconds", 1, 1, 31_622_400) : Double.MAX_VALUE,
                    "FULL".equals(retry.oneOf("JitterStrategy", List.of("NONE", "FULL")))));
        }
        allComesLast(fields, "Retry");
        return retriers;
    }

    private static List<State.Catcher> catchers(Fields fields) {
        Set<String> allowed = plus(IN_ANY_CATCHER, fields.jsonata() ? "Output" : "ResultPath");
        Set<String> others = Set.of(fields.jsonata() ? "ResultPath" : "Output");
        List<State.Catcher> catchers = new ArrayList<>();
        for (Fields caught : fields.objects("Catch")) {
            caught.required("ErrorEquals", "Next");
            caught.known(allowed, others);
            catchers.add(new State.Catcher(
                    errors(caught),
                    Objects.requireNonNullElse(caught.text("Next"), ""),
                    caught.assign(),
                    fields.jsonata() ? caught.template("Output") : null,
                    fields.jsonata() ? ResultPath.REPLACE : resultPath(caught)));
        }
        allComesLast(fields, "Catch");
        return catchers;
    }

    private static List<String> errors(Fields fields) {
        fields.notEmpty("ErrorEquals");
        return fields.texts("ErrorEquals");
    }

    private static void allComesLast(Fields fields, String name) {
        List<?> handlers = Json.list(fields.get(name));
        for (int i = 0; i < handlers.size(); i++) {
            List<?> errors = Json.list(Json.object(handlers.get(i)).get("ErrorEquals"));
            int all = errors.indexOf(StatesError.ALL);
            if (all >= 0 && (errors.size() > 1 || i < handlers.size() - 1)) {
                fields.problem(
                        "States.ALL must appear alone and at end of list",
                        name + "[" + i + "]/ErrorEquals[" + all + "]");
            }
        }
    }
}
