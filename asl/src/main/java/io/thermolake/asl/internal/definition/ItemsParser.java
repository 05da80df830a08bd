package io.thermolake.asl.internal.definition;

import io.thermolake.asl.internal.items.ItemBatcher;
import io.thermolake.asl.internal.items.ItemFormat;
import io.thermolake.asl.internal.items.ItemReader;
import io.thermolake.asl.internal.items.ResultWriter;
import io.thermolake.asl.internal.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles where a distributed Map's items come from, how they are put together, and where its results go. */
final class ItemsParser {
    private static final String READS = "arn:[^:]+:states:::s3:(getObject|listObjectsV2)";
    private static final String WRITES = "arn:[^:]+:states:::s3:putObject";
    private static final List<String> INPUT_TYPES = List.of("CSV", "JSON", "JSONL", "MANIFEST");
    private static final long MOST_ITEMS = 100_000_000;
    private static final long LARGEST_BATCH = 262_144;

    private ItemsParser() {}

    static ItemReader reader(Fields fields) {
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

    static ItemBatcher batcher(Fields fields) {
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

    static ResultWriter writer(Fields fields) {
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
