package io.thermolake.local.glue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What a crawler finds in files: their format and their columns, from the first lines of each. */
final class SchemaInference {
    /** @param format csv, json or parquet; @param columns name to Hive type, in order */
    record Schema(String format, Map<String, String> columns) {}

    private static final int LINES_A_FILE = 200;
    private static final int MOST_FILES = 20;

    private SchemaInference() {}

    /** The schema that all files share, the first of them that can be read naming the format; nothing when none can. */
    static Optional<Schema> of(List<Path> files) {
        Schema found = null;
        for (Path file : files.subList(0, Math.min(MOST_FILES, files.size()))) {
            Schema one = read(file);
            if (one == null) {
                continue;
            }
            if (found == null) {
                found = one;
            } else if (found.format().equals(one.format())) {
                Map<String, String> columns = found.columns();
                one.columns().forEach((name, type) -> merge(columns, name, type));
            }
        }
        return Optional.ofNullable(found);
    }

    private static void merge(Map<String, String> columns, String name, String type) {
        columns.merge(name, type, SchemaInference::wider);
    }

    /** The narrowest type that holds both. */
    static String wider(String a, String b) {
        if (a.equals(b)) {
            return a;
        }
        boolean numbers = List.of("bigint", "double").containsAll(List.of(a, b));
        return numbers ? "double" : "string";
    }

    private static @Nullable Schema read(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(".parquet")) {
            return new Schema("parquet", new LinkedHashMap<>());
        }
        List<String> lines = head(file);
        if (lines.isEmpty()) {
            return null;
        }
        return lines.get(0).stripLeading().startsWith("{") ? json(lines) : csv(lines);
    }

    private static List<String> head(Path file) {
        List<String> lines = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain(raw), UTF_8))) {
            String line;
            while (lines.size() < LINES_A_FILE && (line = reader.readLine()) != null) {
                if (!line.isBlank()) {
                    lines.add(line.startsWith("\uFEFF") ? line.substring(1) : line);
                }
            }
        } catch (IOException e) {
            // A truncated file shows its good lines; a crawler does not fail on it.
            return lines;
        }
        return lines;
    }

    private static InputStream plain(InputStream raw) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, 2);
        byte[] magic = in.readNBytes(2);
        in.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(in) : in;
    }

    private static Schema json(List<String> lines) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String line : lines) {
            try {
                JsonElement element = JsonParser.parseString(line);
                if (element instanceof JsonObject object) {
                    object.entrySet().forEach(e -> merge(columns, e.getKey(), jsonType(e.getValue())));
                }
            } catch (JsonParseException e) {
                // A malformed line says nothing of the schema.
            }
        }
        return new Schema("json", columns);
    }

    private static String jsonType(JsonElement value) {
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) {
            return "boolean";
        }
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()
                ? textType(value.getAsString())
                : "string";
    }

    private static Schema csv(List<String> lines) {
        Map<String, String> columns = new LinkedHashMap<>();
        String[] names = lines.get(0).split(",", -1);
        List<String> types = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            for (int i = 0; i < names.length && fields.length == names.length; i++) {
                String type = textType(fields[i].strip());
                if (types.size() <= i) {
                    types.add(type);
                } else {
                    types.set(i, wider(types.get(i), type));
                }
            }
        }
        for (int i = 0; i < names.length; i++) {
            columns.put(names[i].strip().replace("\"", ""), i < types.size() ? types.get(i) : "string");
        }
        return new Schema("csv", columns);
    }

    /** Glue's own classifier leaves times as strings. */
    static String textType(String text) {
        if (text.matches("-?\\d{1,18}")) {
            return "bigint";
        }
        return text.matches("-?\\d*\\.?\\d+([eE][-+]?\\d+)?") ? "double" : "string";
    }
}
