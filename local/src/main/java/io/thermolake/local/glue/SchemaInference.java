package io.thermolake.local.glue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonStreamParser;
import io.thermolake.lake.GlueColumn;
import io.thermolake.local.s3.FileHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a crawler finds in files: their format and their columns, from the beginning of a sample of them. The majority decides:
 * of a file's lines for its format, of the files for the table's. What is bad in between costs itself.
 */
final class SchemaInference {
    /** @param format csv, json or parquet; @param columns name to Hive type, in order */
    record Schema(String format, Map<String, String> columns) {}

    private static final int LINES_A_FILE = 200;
    /** The newest tell most about what comes next; the others are spread over all of them, the first among them. */
    private static final int SPREAD = 40;

    private static final int NEWEST = 20;
    private static final String JSON = "json";
    /** The type of a column in which no value was seen yet. */
    private static final String UNKNOWN = "";

    private static final List<String> FORMATS = List.of(JSON, "parquet", "csv");

    private SchemaInference() {}

    /**
     * The schema of most files, with the columns of all of those; nothing when none can be read.
     *
     * @param files in the order of their age
     */
    static Optional<Schema> of(List<Path> files) {
        List<Schema> schemas = new ArrayList<>();
        for (Path file : sample(files)) {
            Schema one = read(file);
            if (one != null) {
                schemas.add(one);
            }
        }
        // If two are equally many, the one that tells more of itself wins: anything at all is CSV.
        return FORMATS.stream()
                .max(Comparator.comparingLong((String format) -> count(schemas, format))
                        .thenComparing(Comparator.comparingInt(FORMATS::indexOf).reversed()))
                .filter(format -> count(schemas, format) > 0)
                .map(format -> {
                    Map<String, String> columns = new LinkedHashMap<>();
                    schemas.stream()
                            .filter(schema -> schema.format().equals(format))
                            .forEach(schema -> schema.columns().forEach((name, type) -> merge(columns, name, type)));
                    columns.replaceAll((name, type) -> type.equals(UNKNOWN) ? "string" : type);
                    return new Schema(format, columns);
                });
    }

    private static long count(List<Schema> schemas, String format) {
        return schemas.stream().filter(s -> s.format().equals(format)).count();
    }

    static List<Path> sample(List<Path> files) {
        int older = files.size() - NEWEST;
        if (older <= SPREAD) {
            return files;
        }
        return IntStream.concat(
                        IntStream.range(0, SPREAD).map(i -> (int) ((long) i * older / SPREAD)),
                        IntStream.range(older, files.size()))
                .mapToObj(files::get)
                .toList();
    }

    private static void merge(Map<String, String> columns, String name, String type) {
        columns.merge(name, type, SchemaInference::wider);
    }

    /** The narrowest type that holds both. */
    static String wider(String a, String b) {
        if (a.equals(b) || b.equals(UNKNOWN)) {
            return a;
        }
        if (a.equals(UNKNOWN)) {
            return b;
        }
        boolean numbers = List.of("bigint", "double").containsAll(List.of(a, b));
        return numbers ? "double" : "string";
    }

    private static @Nullable Schema read(Path file) {
        if (file.getFileName().toString().endsWith(".parquet")) {
            return new Schema("parquet", new LinkedHashMap<>());
        }
        List<String> lines;
        try {
            lines = FileHead.of(file, LINES_A_FILE).lines();
        } catch (IOException e) {
            return null; // It went away, or nobody may read it: the others show the schema.
        }
        if (lines.isEmpty()) {
            return null;
        }
        long objects = lines.stream()
                .filter(line -> line.stripLeading().startsWith("{"))
                .count();
        return 2 * objects >= lines.size() ? json(lines) : csv(lines);
    }

    private static Schema json(List<String> lines) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String line : lines) {
            try {
                // Two records on one line are two, as the pipeline's reader has it.
                new JsonStreamParser(line).forEachRemaining(element -> {
                    if (element.isJsonObject()) {
                        element.getAsJsonObject()
                                .entrySet()
                                .forEach(e -> GlueColumn.name(e.getKey())
                                        .ifPresent(name -> merge(columns, name, jsonType(e.getValue()))));
                    }
                });
            } catch (JsonParseException e) {
                // A malformed line says nothing of the schema.
            }
        }
        return new Schema(JSON, columns);
    }

    private static String jsonType(JsonElement value) {
        if (value.isJsonNull()) {
            return UNKNOWN;
        }
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) {
            return "boolean";
        }
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()
                ? textType(value.getAsString())
                : "string";
    }

    private static Schema csv(List<String> lines) {
        CsvHeader header = CsvHeader.of(lines);
        Map<String, String> types = new LinkedHashMap<>();
        for (String line : lines.subList(1 + header.skip(), lines.size())) {
            List<String> cells = CsvHeader.cells(line, header.delimiter());
            if (cells.size() == header.names().size()) {
                for (int i = 0; i < cells.size(); i++) {
                    merge(types, header.names().get(i), textType(cells.get(i)));
                }
            }
        }
        Map<String, String> columns = new LinkedHashMap<>();
        header.names().forEach(name -> columns.put(name, types.getOrDefault(name, UNKNOWN)));
        return new Schema("csv", columns);
    }

    /** Glue's own classifier leaves times as strings. */
    static String textType(String text) {
        if (text.isEmpty()) {
            return UNKNOWN;
        }
        if (text.matches("-?\\d{1,18}")) {
            return "bigint";
        }
        return text.matches("-?\\d*\\.?\\d+([eE][-+]?\\d+)?") ? "double" : "string";
    }
}
