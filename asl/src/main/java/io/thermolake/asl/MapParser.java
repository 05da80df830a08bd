package io.thermolake.asl;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles a Map, inline or distributed. */
final class MapParser {
    private static final String GET = "arn:aws:states:::s3:getObject";
    private static final String LIST = "arn:aws:states:::s3:listObjectsV2";
    private static final String PUT = "arn:aws:states:::s3:putObject";
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
        boolean old = fields.has("Iterator");
        if (!old) {
            fields.required("ItemProcessor");
        } else if (fields.has("ItemProcessor")) {
            fields.problems().schema("You cannot specify both ItemProcessor and Iterator", fields.at());
        }
        Fields processor = fields.object(old ? "Iterator" : "ItemProcessor");
        Fields config = processor.object("ProcessorConfig");
        config.known(Set.of("Mode", "ExecutionType"));
        one(config, "Mode", List.of("INLINE", "DISTRIBUTED"));
        boolean distributed = "DISTRIBUTED".equals(config.get("Mode"));
        if (distributed) {
            config.required("ExecutionType");
            one(config, "ExecutionType", List.of("STANDARD", "EXPRESS"));
            if (machine == Definition.Type.EXPRESS) {
                fields.problems().schema("Express state machine does not support distributed Map states", fields.at());
            }
        } else {
            ONLY_DISTRIBUTED.stream()
                    .filter(fields::has)
                    .forEach(name -> fields.problems()
                            .schema(
                                    "Field '" + name + "' is only supported in a Map of Mode 'DISTRIBUTED'",
                                    fields.at()));
            IDLE_INLINE.stream()
                    .filter(fields::has)
                    .forEach(name -> fields.problems()
                            .warning("NO_EFFECT", "Field '" + name + "' has no effect in an inline Map", fields.at()));
        }
        if (fields.has("ItemSelector") && fields.has("Parameters")) {
            fields.problems().schema("You cannot specify both ItemSelector and Parameters", fields.at());
        }
        return new State.MapState(
                common,
                items(fields),
                fields.has("ItemSelector")
                        ? fields.template("ItemSelector")
                        : fields.jsonata() ? null : fields.template("Parameters"),
                fields.number("MaxConcurrency", 0),
                scopes.inner(processor, machineJsonata),
                distributed ? distributed(fields, config) : null);
    }

    private static @Nullable Value items(Fields fields) {
        return fields.jsonata()
                ? fields.template("Items")
                : fields.path("ItemsPath", PathField.Wording.INVALID_PATH, false);
    }

    private State.Distributed distributed(Fields fields, Fields config) {
        String label = fields.text("Label");
        if (label != null) {
            label(label, fields);
        }
        return new State.Distributed(
                label,
                "EXPRESS".equals(config.get("ExecutionType")),
                fields.has("ItemReader") ? reader(fields.object("ItemReader")) : null,
                fields.has("ItemBatcher") ? batcher(fields.object("ItemBatcher")) : null,
                fields.has("ResultWriter") ? writer(fields.object("ResultWriter")) : null,
                fields.number("ToleratedFailureCount", 0),
                percentage(fields));
    }

    private static void label(String label, Fields fields) {
        String at = fields.at() + "/Label";
        if (label.isEmpty()) {
            fields.problems().schema("Label cannot be empty", at);
        }
        if (label.length() > LONGEST_LABEL) {
            fields.problems().schema("Label cannot exceed " + LONGEST_LABEL + " characters", at);
        }
        label.chars()
                .filter(c -> Character.isISOControl(c) || NOT_IN_A_LABEL.indexOf(c) >= 0)
                .findFirst()
                .ifPresent(c -> fields.problems()
                        .schema("Label contains invalid character: '" + Character.toString(c) + "'", at));
    }

    private static NumberField percentage(Fields fields) {
        if (fields.get("ToleratedFailurePercentage") instanceof Number) {
            fields.bounded("ToleratedFailurePercentage", 0, 0, 100);
        }
        return fields.number("ToleratedFailurePercentage", 0);
    }

    private static ItemReader reader(Fields fields) {
        fields.required("Resource");
        fields.known(Set.of("Resource", "ReaderConfig", "Comment", fields.jsonata() ? "Arguments" : "Parameters"));
        one(fields, "Resource", List.of(GET, LIST));
        Fields config = fields.object("ReaderConfig");
        Set<String> known = new HashSet<>(Set.of(
                "InputType",
                "CSVHeaderLocation",
                "CSVHeaders",
                "CSVDelimiter",
                "MaxItems",
                "ManifestType",
                "ItemsPointer",
                "Transformation"));
        if (!fields.jsonata()) {
            known.add("MaxItemsPath");
        }
        config.known(known);
        boolean list = LIST.equals(fields.get("Resource"));
        if (!list) {
            config.required("InputType");
        }
        one(config, "CSVHeaderLocation", List.of("FIRST_ROW", "GIVEN"));
        one(config, "CSVDelimiter", List.of("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"));
        one(config, "Transformation", List.of("NONE", "LOAD_AND_FLATTEN"));
        one(config, "ManifestType", List.of("ATHENA_DATA", "S3_INVENTORY"));
        String input = config.text("InputType");
        if ("PARQUET".equals(input)) {
            config.problems().schema("InputType PARQUET is not supported by this engine", config.at() + "/InputType");
        } else {
            one(config, "InputType", List.of("CSV", "JSON", "JSONL", "MANIFEST"));
        }
        if ("GIVEN".equals(config.get("CSVHeaderLocation"))) {
            config.required("CSVHeaders");
        }
        return new ItemReader(
                list,
                Objects.requireNonNullElse(
                        fields.template(fields.jsonata() ? "Arguments" : "Parameters"), Value.literal(null)),
                new ItemFormat(
                        Objects.requireNonNullElse(input, ""),
                        config.has("CSVHeaders") ? config.texts("CSVHeaders") : null,
                        ItemFormat.delimiter(Objects.requireNonNullElse(config.text("CSVDelimiter"), "COMMA")),
                        config.text("ItemsPointer")),
                "ATHENA_DATA".equals(config.get("ManifestType")),
                "LOAD_AND_FLATTEN".equals(config.get("Transformation")),
                maxItems(config));
    }

    /** A negative number is no error of the definition: AWS fails the reader with it. */
    private static NumberField maxItems(Fields config) {
        return config.get("MaxItems") instanceof Number given && given.doubleValue() < 0
                ? new NumberField("MaxItems", Value.literal(given))
                : config.number("MaxItems", 0);
    }

    private static ItemBatcher batcher(Fields fields) {
        Set<String> known = new HashSet<>(Set.of("MaxItemsPerBatch", "MaxInputBytesPerBatch", "BatchInput", "Comment"));
        if (!fields.jsonata()) {
            known.addAll(Set.of("MaxItemsPerBatchPath", "MaxInputBytesPerBatchPath"));
        }
        fields.known(known);
        NumberField items = fields.number("MaxItemsPerBatch");
        NumberField bytes = fields.number("MaxInputBytesPerBatch");
        if (items == null && bytes == null && !fields.problems().hasErrors()) {
            fields.problems()
                    .schema(
                            "At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]",
                            fields.at());
        }
        return new ItemBatcher(items, bytes, fields.template("BatchInput"));
    }

    private static ResultWriter writer(Fields fields) {
        fields.known(Set.of("Resource", "WriterConfig", "Comment", fields.jsonata() ? "Arguments" : "Parameters"));
        one(fields, "Resource", List.of(PUT));
        Fields config = fields.object("WriterConfig");
        config.known(Set.of("Transformation", "OutputType"));
        one(config, "Transformation", List.of("NONE", "COMPACT", "FLATTEN"));
        one(config, "OutputType", List.of("JSON", "JSONL"));
        return new ResultWriter(
                fields.has("Resource") ? fields.template(fields.jsonata() ? "Arguments" : "Parameters") : null,
                Objects.requireNonNullElse(config.text("Transformation"), "NONE"),
                "JSONL".equals(config.get("OutputType")));
    }

    private static void one(Fields fields, String name, List<String> of) {
        if (fields.has(name) && !of.contains(String.valueOf(fields.get(name)))) {
            fields.problems().schema("Value should be one of the following: " + of, fields.at() + "/" + name);
        }
    }
}
