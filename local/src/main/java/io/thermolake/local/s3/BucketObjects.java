package io.thermolake.local.s3;

import io.thermolake.asl.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** The buckets as a distributed Map reads and writes them. */
public final class BucketObjects implements ObjectStore {
    private final Buckets buckets;
    private final FileStore store;

    public BucketObjects(Buckets buckets) {
        this.buckets = buckets;
        this.store = new FileStore(buckets.root());
    }

    private Path resolve(String bucket, String key) throws IOException {
        try {
            if (bucket.isEmpty() || !Files.isDirectory(buckets.resolve("s3://" + bucket))) {
                throw new FileNotFoundException("The bucket " + bucket + " does not exist");
            }
            return buckets.resolve("s3://" + bucket + "/" + key);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public byte[] get(String bucket, String key) throws IOException {
        Path file = resolve(bucket, key);
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException("The object s3://" + bucket + "/" + key + " does not exist");
        }
        return Files.readAllBytes(file);
    }

    @Override
    public List<Listed> list(String bucket, String prefix) throws IOException {
        resolve(bucket, prefix);
        List<Listed> all = new ArrayList<>();
        String token = null;
        do {
            ListObjectsV2Response page = store.list(ListObjectsV2Request.builder()
                    .bucket(bucket)
                    .prefix(prefix)
                    .continuationToken(token)
                    .build());
            page.contents()
                    .forEach(o -> all.add(new Listed(
                            o.key(),
                            String.valueOf(o.eTag()),
                            o.lastModified() == null ? 0 : o.lastModified().getEpochSecond(),
                            o.size() == null ? 0 : o.size(),
                            "STANDARD")));
            token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
        } while (token != null);
        all.sort(Comparator.comparing(Listed::key));
        return all;
    }

    @Override
    public void put(String bucket, String key, byte[] content) throws IOException {
        resolve(bucket, key);
        try {
            buckets.write("s3://" + bucket + "/" + key, content);
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
