package io.thermolake.asl.testing;

import io.thermolake.asl.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Buckets in memory, for a distributed Map under test. */
public final class MemoryObjects implements ObjectStore {
    private static final long NEVER = 0;
    private final Map<String, byte[]> objects;

    public MemoryObjects() {
        this(Map.of());
    }

    /** @param objects contents by {@code bucket/key} */
    public MemoryObjects(Map<String, byte[]> objects) {
        this.objects = new TreeMap<>(objects);
    }

    @Override
    public byte[] get(String bucket, String key) throws IOException {
        byte[] content = objects.get(bucket + "/" + key);
        if (content == null) {
            throw new FileNotFoundException("The object s3://" + bucket + "/" + key + " does not exist");
        }
        return content;
    }

    @Override
    public List<Listed> list(String bucket, String prefix) {
        return objects.entrySet().stream()
                .filter(e -> e.getKey().startsWith(bucket + "/" + prefix))
                .map(e -> new Listed(
                        e.getKey().substring(bucket.length() + 1),
                        "\"" + Integer.toHexString(java.util.Arrays.hashCode(e.getValue())) + "\"",
                        NEVER,
                        e.getValue().length,
                        "STANDARD"))
                .toList();
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        objects.put(bucket + "/" + key, content.clone());
    }
}
