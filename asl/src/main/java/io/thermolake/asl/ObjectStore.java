package io.thermolake.asl;

import java.io.IOException;
import java.util.List;

/** The buckets that a distributed Map reads its items from and writes its results to. */
public interface ObjectStore {
    /** Has nothing: each access fails, and says why. */
    ObjectStore NONE = new ObjectStore() {
        @Override
        public byte[] get(String bucket, String key) throws IOException {
            throw new IOException("This engine was given no object store to read s3://" + bucket + "/" + key + " from");
        }

        @Override
        public List<Listed> list(String bucket, String prefix) throws IOException {
            throw new IOException(
                    "This engine was given no object store to list s3://" + bucket + "/" + prefix + " in");
        }

        @Override
        public void put(String bucket, String key, byte[] content) throws IOException {
            throw new IOException("This engine was given no object store to write s3://" + bucket + "/" + key + " to");
        }
    };

    /**
     * An object as ListObjectsV2 gives it.
     *
     * @param lastModified seconds since 1970
     * @param size bytes
     */
    record Listed(String key, String etag, long lastModified, long size, String storageClass) {}

    /** @throws IOException when the object is not there or cannot be read; the message becomes the cause */
    byte[] get(String bucket, String key) throws IOException;

    /** Every object whose key starts with the prefix, by key. */
    List<Listed> list(String bucket, String prefix) throws IOException;

    /** Writes an object, replacing what was there. */
    void put(String bucket, String key, byte[] content) throws IOException;
}
