package io.thermolake.asl.internal.items;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.Json;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.StatesError;
import io.thermolake.asl.internal.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a distributed Map does with its children's results.
 *
 * @param destination Bucket and Prefix to write to; null only shapes the state's own result
 * @param transformation NONE: each with its execution's data; COMPACT: the outputs; FLATTEN: the outputs' elements
 */
public record ResultWriter(@Nullable Value destination, String transformation, boolean lines) {
    /**
     * A child as the result files have it.
     *
     * @param json AWS's members, Status among them
     */
    public record Child(
            Map<String, @Nullable Object> json, @Nullable Object output) {
        public String status() {
            return String.valueOf(json.get("Status"));
        }
    }

    /** The state's result: where the manifest is, or the shaped results themselves. */
    public @Nullable Object write(Frame frame, ObjectStore store, String mapRunArn, List<Child> children) {
        if (destination == null) {
            return shaped(children);
        }
        Map<String, @Nullable Object> where = Json.object(destination.get(frame));
        String bucket = String.valueOf(where.get("Bucket"));
        Object prefix = where.get("Prefix");
        String id = mapRunArn.substring(mapRunArn.lastIndexOf(':') + 1);
        String folder = (prefix == null || prefix.equals("") ? "" : prefix + "/") + id + "/";
        Map<String, @Nullable Object> files = new LinkedHashMap<>();
        try {
            for (String status : List.of("FAILED", "PENDING", "SUCCEEDED")) {
                List<Child> some =
                        children.stream().filter(c -> c.status().equals(status)).toList();
                files.put(
                        status,
                        some.isEmpty() ? List.of() : List.of(file(store, bucket, folder + status + "_0", some)));
            }
            Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
            manifest.put("DestinationBucket", bucket);
            manifest.put("MapRunArn", mapRunArn);
            manifest.put("ResultFiles", files);
            store.put(bucket, folder + "manifest.json", Json.text(manifest).getBytes(UTF_8));
        } catch (IOException e) {
            throw StatesError.given(StatesError.RESULT_WRITER, String.valueOf(e.getMessage()));
        }
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("Bucket", bucket);
        details.put("Key", folder + "manifest.json");
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("MapRunArn", mapRunArn);
        result.put("ResultWriterDetails", details);
        return result;
    }

    private Map<String, @Nullable Object> file(ObjectStore store, String bucket, String name, List<Child> children)
            throws IOException {
        List<@Nullable Object> shaped = shaped(children);
        byte[] content = (lines
                        ? shaped.stream().map(Json::text).collect(Collectors.joining("\n", "", "\n"))
                        : Json.text(shaped))
                .getBytes(UTF_8);
        String key = name + (lines ? ".jsonl" : ".json");
        store.put(bucket, key, content);
        Map<String, @Nullable Object> file = new LinkedHashMap<>();
        file.put("Key", key);
        file.put("Size", (long) content.length);
        return file;
    }

    private List<@Nullable Object> shaped(List<Child> children) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Child child : children) {
            if (transformation.equals("FLATTEN") && child.output instanceof List<?> list) {
                all.addAll(list);
            } else {
                // AWS shapes only what succeeded: of a failed child its execution's data stay.
                boolean whole = transformation.equals("NONE") || !child.status().equals("SUCCEEDED");
                all.add(whole ? child.json : child.output);
            }
        }
        return all;
    }
}
