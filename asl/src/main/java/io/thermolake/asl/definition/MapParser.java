package io.thermolake.asl.definition;

import io.thermolake.asl.items.ItemBatcher;
import io.thermolake.asl.items.ItemFormat;
import io.thermolake.asl.items.ItemReader;
import io.thermolake.asl.items.ResultWriter;
import io.thermolake.asl.state.State;
import io.thermolake.asl.value.NumberField;
import io.thermolake.asl.value.PathField;
import io.thermolake.asl.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compiles a Map, inline or distributed. */
final class MapParser {
    private static final String READS = "arn:[^:]+:states:::s3:(getObject|listObjectsV2)";
    private static final String WRITES = "arn:[^:]+:states:::s3:putObject";
    private static final List<String> INPUT_TYPES = List.of("CSV", "JSON", "JSONL", "MANIFEST");
    private static final Set<String> PROCESSOR = Set.of("StartAt", "States", "ProcessorConfig");
    private static final long MOST_ITEMS = 100_000_000;
    private static final long LARGEST_BATCH = 262_144;
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
    private final Definition.Type machine;

    MapParser(DefinitionParser scopes, Definition.Type machine) {
        this.scopes = scopes;
        this.machine = machine;
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
        if (machine == Definition.Type.EXPRESS) {
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
                inner(fields, "ItemReader", MapParser::reader),
                inner(fields, "ItemBatcher", MapParser::batcher),
                inner(fields, "ResultWriter", MapParser::writer),
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

    private static ItemReader reader(Fields fields) {
        fields.required("Resource", fields.jsonata() ? "Arguments" : "Parameters");
        fields.known(
                Set.of("Resource", "ReaderConfig", fields.jsonata() ? "Arguments" : "Parameters"),
                Set.of(fields.jsonata() ? "Parameters" : "Arguments"));
        String resource = fields.text("Resource");
        if (resource != null && !resource.matches(READS)) {
            fields.problem("The field 'Resource' does not match any of the allowed values", "Resource");
        }
        boolean list = resource != null && resource.endsWith(":listObjectsV2");
        Fields config = fields.object("ReaderConfig");
        String input = config.text("InputType");
        if ("PARQUET".equals(input)) {
            config.problem("InputType PARQUET is not supported by this engine", "InputType");
        } else if (input != null && !INPUT_TYPES.contains(input)) {
            config.problem("Value should be one of the following: " + INPUT_TYPES, "InputType");
        }
        config.known(ofReader(input, list, fields.jsonata()), Set.of("MaxItemsPath"));
        if (!list) {
            config.required("InputType");
        }
        if ("CSV".equals(input) && !config.has("CSVHeaderLocation")) {
            config.problem("The field 'CSVHeaderLocation' is required");
        }
        String headers = config.oneOf("CSVHeaderLocation", List.of("FIRST_ROW", "GIVEN"));
        if ("GIVEN".equals(headers)) {
            config.required("CSVHeaders");
        }
        String delimiter = config.oneOf("CSVDelimiter", List.of("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"));
        return new ItemReader(
                list,
                Objects.requireNonNullElse(
                        fields.template(fields.jsonata() ? "Arguments" : "Parameters"), Value.literal(null)),
                new ItemFormat(
                        Objects.requireNonNullElse(input, ""),
                        config.has("CSVHeaders") ? config.texts("CSVHeaders") : null,
                        ItemFormat.delimiter(Objects.requireNonNullElse(delimiter, "COMMA")),
                        config.text("ItemsPointer")),
                "ATHENA_DATA".equals(config.oneOf("ManifestType", List.of("ATHENA_DATA", "S3_INVENTORY"))),
                "LOAD_AND_FLATTEN".equals(config.oneOf("Transformation", List.of("NONE", "LOAD_AND_FLATTEN"))),
                config.number("MaxItems", 0, 0, MOST_ITEMS));
    }

    /** The members of a ReaderConfig; those of CSV only where CSV is read, which a manifest's files may be. */
    private static Set<String> ofReader(@Nullable String input, boolean list, boolean jsonata) {
        Set<String> known =
                new HashSet<>(Set.of("InputType", "MaxItems", "ManifestType", "ItemsPointer", "Transformation"));
        if (!jsonata) {
            known.add("MaxItemsPath");
        }
        if (list || input == null || !input.startsWith("JSON")) {
            known.addAll(Set.of("CSVHeaderLocation", "CSVHeaders", "CSVDelimiter"));
        }
        return known;
    }

    private static ItemBatcher batcher(Fields fields) {
        Set<String> paths = Set.of("MaxItemsPerBatchPath", "MaxInputBytesPerBatchPath");
        Set<String> known = new HashSet<>(Set.of("MaxItemsPerBatch", "MaxInputBytesPerBatch", "BatchInput"));
        if (!fields.jsonata()) {
            known.addAll(paths);
        }
        fields.known(known, paths);
        if (fields.without(Set.of("BatchInput", "Comment")).isEmpty()) {
            fields.problem("At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]");
        }
        return new ItemBatcher(
                fields.number("MaxItemsPerBatch", 0, Long.MAX_VALUE),
                fields.number("MaxInputBytesPerBatch", 0, LARGEST_BATCH),
                fields.template("BatchInput"));
    }

    private static ResultWriter writer(Fields fields) {
        fields.known(
                Set.of("Resource", "WriterConfig", fields.jsonata() ? "Arguments" : "Parameters"),
                Set.of(fields.jsonata() ? "Parameters" : "Arguments"));
        String resource = fields.text("Resource");
        if (resource != null && !resource.matches(WRITES)) {
            fields.problem("The field 'Resource' does not match any of the allowed values", "Resource");
        }
        Fields config = fields.object("WriterConfig");
        config.known(Set.of("Transformation", "OutputType"));
        String transformation = config.oneOf("Transformation", List.of("NONE", "COMPACT", "FLATTEN"));
        String destination = fields.jsonata() ? "Arguments" : "Parameters";
        if (fields.has("Resource") != fields.has(destination)) {
            fields.required("Resource", destination);
        }
        return new ResultWriter(
                fields.template(destination),
                Objects.requireNonNullElse(transformation, "NONE"),
                "JSONL".equals(config.oneOf("OutputType", List.of("JSON", "JSONL"))));
    }
}
