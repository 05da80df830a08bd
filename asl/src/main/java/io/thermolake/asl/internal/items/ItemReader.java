package io.thermolake.asl.internal.items;

import io.thermolake.asl.Json;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.NumberField;
import io.thermolake.asl.internal.value.StatesError;
import io.thermolake.asl.internal.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a distributed Map's items come from: an object, a manifest of objects, or a listing.
 *
 * @param listing the items are the objects of a prefix, not what is in one
 * @param athena the manifest is Athena's, not S3 Inventory's
 * @param flatten the listed objects' contents are the items
 */
public record ItemReader(
        boolean listing, Value arguments, ItemFormat format, boolean athena, boolean flatten, NumberField maxItems) {
    private static final String MANIFEST = "MANIFEST";

    /** @throws StatesError {@code States.ItemReaderFailed} with what is wrong */
    public List<@Nullable Object> read(Frame frame, ObjectStore store) {
        long most = maxItems.whole(frame);
        if (most < 0) {
            throw failed("field MaxItems must be positive");
        }
        Map<String, @Nullable Object> where = Json.object(arguments.get(frame));
        String bucket = String.valueOf(where.get("Bucket"));
        List<@Nullable Object> all;
        try {
            if (listing) {
                all = list(bucket, String.valueOf(where.getOrDefault("Prefix", "")), store);
            } else if (format.inputType().equals(MANIFEST)) {
                all = manifest(bucket, String.valueOf(where.get("Key")), store);
            } else {
                all = format.items(store.get(bucket, String.valueOf(where.get("Key"))));
            }
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
        return most == 0 || most >= all.size() ? all : new ArrayList<>(all.subList(0, (int) most));
    }

    private List<@Nullable Object> list(String bucket, String prefix, ObjectStore store) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        for (ObjectStore.Listed each : store.list(bucket, prefix)) {
            if (flatten) {
                items.addAll(format.items(store.get(bucket, each.key())));
                continue;
            }
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            item.put("Etag", each.etag());
            item.put("Key", each.key());
            item.put("LastModified", each.lastModified());
            item.put("Size", each.size());
            item.put("StorageClass", each.storageClass());
            items.add(item);
        }
        return items;
    }

    /** S3 Inventory: JSON that names compressed CSV files and their columns; Athena: a list of the objects themselves. */
    private List<@Nullable Object> manifest(String bucket, String key, ObjectStore store) throws IOException {
        byte[] content = store.get(bucket, key);
        List<@Nullable Object> items = new ArrayList<>();
        if (athena) {
            for (String line : new String(content, java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String object = line.strip().replace("\"", "");
                if (object.startsWith("s3://")) {
                    String[] parts = object.substring("s3://".length()).split("/", 2);
                    items.addAll(dataFormat(object, null).items(unpacked(store.get(parts[0], parts[1]), object)));
                }
            }
            return items;
        }
        Map<String, @Nullable Object> manifest;
        try {
            manifest = Json.object(Json.parse(new String(content, java.nio.charset.StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw failed("The manifest s3://" + bucket + "/" + key + " is not JSON: " + e.getMessage());
        }
        if (!"CSV".equals(manifest.get("fileFormat"))) {
            throw failed("The manifest s3://" + bucket + "/" + key + " lists files of the format "
                    + manifest.get("fileFormat") + "; this engine reads CSV");
        }
        List<String> columns =
                List.of(String.valueOf(manifest.get("fileSchema")).split("\\s*,\\s*"));
        for (Object each : Json.list(manifest.get("files"))) {
            String file = String.valueOf(Json.object(each).get("key"));
            items.addAll(dataFormat("x.csv", columns).items(unpacked(store.get(bucket, file), file)));
        }
        return items;
    }

    private static ItemFormat dataFormat(String name, @Nullable List<String> columns) {
        return new ItemFormat(name.contains(".json") ? "JSONL" : "CSV", columns, ',', null);
    }

    private static byte[] unpacked(byte[] content, String name) throws IOException {
        if (!name.endsWith(".gz")) {
            return content;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        }
    }

    private static StatesError failed(String cause) {
        return StatesError.given(StatesError.ITEM_READER, cause);
    }
}
