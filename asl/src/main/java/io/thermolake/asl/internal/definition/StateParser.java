package io.thermolake.asl.internal.definition;

import io.thermolake.asl.internal.path.ResultPath;
import io.thermolake.asl.internal.state.Condition;
import io.thermolake.asl.internal.state.Delay;
import io.thermolake.asl.internal.state.Flow;
import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.PathField;
import io.thermolake.asl.internal.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles one state. */
final class StateParser {

    private static final Set<String> BRANCH = Set.of("StartAt", "States");

    private final DefinitionParser scopes;
    private final boolean express;

    StateParser(DefinitionParser scopes, boolean express) {
        this.scopes = scopes;
        this.express = express;
    }

    @Nullable
    State state(String name, Fields fields, boolean machineJsonata) {
        Grammar grammar = Grammar.of(fields);
        if (grammar == null) {
            return null;
        }
        grammar.check(fields);
        State.Common common = new State.Common(
                name,
                fields.at(),
                grammar.goesOn() ? fields.text("Next") : null,
                flow(fields),
                grammar.handlesErrors() ? HandlersParser.retriers(fields) : List.of(),
                grammar.handlesErrors() ? HandlersParser.catchers(fields) : List.of());
        return switch (String.valueOf(fields.get("Type"))) {
            case "Pass" -> new State.Pass(common, fields.has("Result") ? Value.literal(fields.get("Result")) : null);
            case "Succeed" -> new State.Succeed(common);
            case "Task" -> new TaskParser(express).task(common, fields);
            case "Choice" -> new ChoiceParser().choice(common, fields);
            case "Wait" -> new State.Wait(common, delay(fields));
            case "Fail" -> new State.Fail(common, text(fields, "Error"), text(fields, "Cause"));
            case "Parallel" -> parallel(common, fields, machineJsonata);
            default -> new MapParser(scopes, express).map(common, fields, machineJsonata);
        };
    }

    private static Flow flow(Fields fields) {
        if (fields.jsonata()) {
            return new Flow.Jsonata(fields.template("Arguments"), Assignments.of(fields), fields.template("Output"));
        }
        // A Map's Parameters are its ItemSelector of old.
        Value parameters = "Map".equals(fields.get("Type")) ? null : fields.template("Parameters");
        return new Flow.Path(
                path(fields, "InputPath"),
                parameters,
                fields.template("ResultSelector"),
                resultPath(fields),
                Assignments.of(fields),
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
}
