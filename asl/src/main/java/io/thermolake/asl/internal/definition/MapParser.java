package io.thermolake.asl.internal.definition;

import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.PathField;
import io.thermolake.asl.internal.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compiles a Map, inline or distributed. */
final class MapParser {
    private static final Set<String> PROCESSOR = Set.of("StartAt", "States", "ProcessorConfig");
    private static final List<String> ONLY_DISTRIBUTED = List.of("ItemReader", "ItemBatcher", "ResultWriter", "Label");
    /** AWS takes them in an inline Map, too, and does nothing with them: recorded. */
    private static final List<String> IDLE_INLINE = List.of(
            "ToleratedFailureCount",
            "ToleratedFailurePercentage",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentagePath");

    private static final int LONGEST_LABEL = 40;
    private static final String NOT_IN_A_LABEL = " ?*<>{}[]:;,\\|^~$#%&`\"";

    private final DefinitionParser scopes;
    private final boolean express;

    MapParser(DefinitionParser scopes, boolean express) {
        this.scopes = scopes;
        this.express = express;
    }

    State map(State.Common common, Fields fields, boolean machineJsonata) {
        fields.exactlyOne("ItemProcessor", "Iterator");
        Fields processor = fields.object(fields.has("Iterator") ? "Iterator" : "ItemProcessor");
        Fields config = processor.object("ProcessorConfig");
        boolean distributed = "DISTRIBUTED".equals(config.oneOf("Mode", List.of("INLINE", "DISTRIBUTED")));
        if (distributed) {
            distributed(config);
        } else {
            inline(fields, config);
        }
        fields.notBoth("ItemSelector", "Parameters");
        NumberField tolerated = fields.number("ToleratedFailureCount", 0, 0, Long.MAX_VALUE);
        NumberField percentage = percentage(fields);
        NumberField concurrency = fields.number("MaxConcurrency", 0, 0, Long.MAX_VALUE);
        return new State.MapState(
                common,
                items(fields),
                fields.has("ItemSelector")
                        ? fields.template("ItemSelector")
                        : fields.jsonata() ? null : fields.template("Parameters"),
                concurrency,
                scope(processor, fields, machineJsonata),
                distributed ? distributed(fields, config, tolerated, percentage) : null);
    }

    private void distributed(Fields config) {
        config.known(Set.of("Mode", "ExecutionType"));
        config.required("ExecutionType");
        config.oneOf("ExecutionType", List.of("STANDARD", "EXPRESS"));
        if (express) {
            config.problem(
                    "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
                    "Mode");
        }
    }

    private static void inline(Fields fields, Fields config) {
        config.known(Set.of("Mode"));
        ONLY_DISTRIBUTED.stream()
                .filter(fields::has)
                .forEach(name ->
                        fields.problem("Field '" + name + "' is only supported in a Map of Mode 'DISTRIBUTED'"));
        IDLE_INLINE.stream()
                .filter(fields::has)
                .forEach(name -> fields.problems()
                        .warning("NO_EFFECT", "Field '" + name + "' has no effect in an inline Map", fields.at()));
    }

    /** Without a processor there is nothing more to say. */
    private State.Scope scope(Fields processor, Fields fields, boolean machineJsonata) {
        return fields.isObject("ItemProcessor") || fields.isObject("Iterator")
                ? scopes.inner(processor, machineJsonata, PROCESSOR)
                : new State.Scope("", Map.of());
    }

    private static @Nullable Value items(Fields fields) {
        if (!fields.jsonata()) {
            return fields.path("ItemsPath", PathField.Wording.INVALID_PATH, false);
        }
        Object items = fields.get("Items");
        if (fields.has("Items") && !(items instanceof List<?> || items instanceof Map<?, ?>)) {
            if (!fields.isExpression("Items")) {
                fields.problem("Expected an array, an object or an expression", "Items");
                return null;
            }
        }
        return fields.template("Items");
    }

    private static State.Distributed distributed(
            Fields fields, Fields config, NumberField tolerated, NumberField percentage) {
        String label = fields.text("Label");
        if (label != null) {
            label(label, fields);
        }
        return new State.Distributed(
                label,
                "EXPRESS".equals(config.get("ExecutionType")),
                inner(fields, "ItemReader", ItemsParser::reader),
                inner(fields, "ItemBatcher", ItemsParser::batcher),
                inner(fields, "ResultWriter", ItemsParser::writer),
                tolerated,
                percentage);
    }

    private static <T> @Nullable T inner(Fields fields, String name, Function<Fields, T> parser) {
        Fields inner = fields.object(name);
        return fields.isObject(name) ? parser.apply(inner) : null;
    }

    private static void label(String label, Fields fields) {
        if (label.isEmpty()) {
            badLabel("a label cannot be empty", fields);
        }
        if (label.length() > LONGEST_LABEL) {
            badLabel("Label '" + label + "' exceeds the 40-character limit allowed by the service", fields);
        }
        label.chars()
                .filter(c -> Character.isISOControl(c) || NOT_IN_A_LABEL.indexOf(c) >= 0)
                .findFirst()
                .ifPresent(c -> badLabel("the character '" + Character.toString(c) + "' is not allowed", fields));
    }

    private static void badLabel(String problem, Fields fields) {
        fields.problems().error("INVALID_LABEL_NAME", "Invalid Label name: " + problem, fields.at() + "/Label");
    }

    private static NumberField percentage(Fields fields) {
        String name = "ToleratedFailurePercentage";
        if (fields.get(name) instanceof Number) {
            fields.decimal(name, 0, 0, 100);
            return new NumberField(name, Value.literal(fields.get(name)));
        }
        return fields.number(name, 0, 0, 100);
    }
}
