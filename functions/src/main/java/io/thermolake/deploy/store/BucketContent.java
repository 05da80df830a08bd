package io.thermolake.deploy.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** All that lies in a bucket, old versions and deletion marks too: while one is left S3 does not delete the bucket. */
public record BucketContent(S3Client s3, String bucket) {
    /** Enough for one more page and for the answer. */
    private static final int LEAST_MILLIS = 30_000;

    /**
     * @param millisLeft of the function's time
     * @return how many versions were deleted; a bucket that is not there has none
     * @throws IllegalStateException when the time does not suffice, or S3 does not delete an object
     */
    public long delete(IntSupplier millisLeft) {
        long deleted = 0;
        try {
            for (List<ObjectIdentifier> page = page(); !page.isEmpty(); page = page()) {
                if (millisLeft.getAsInt() < LEAST_MILLIS) {
                    throw new IllegalStateException(
                            ("Deleted %d object versions of %s, and there are more than the time"
                                            + " suffices for; delete the stack again to go on")
                                    .formatted(deleted, bucket));
                }
                delete(page);
                deleted += page.size();
            }
            return deleted;
        } catch (NoSuchBucketException e) {
            return deleted;
        }
    }

    /** What is listed is deleted before the next listing, so the first page is always the next one. */
    private List<ObjectIdentifier> page() {
        ListObjectVersionsResponse listed = s3.listObjectVersions(b -> b.bucket(bucket));
        List<ObjectIdentifier> page = new ArrayList<>();
        listed.versions().forEach(v -> page.add(identifier(v.key(), v.versionId())));
        listed.deleteMarkers().forEach(m -> page.add(identifier(m.key(), m.versionId())));
        return page;
    }

    private static ObjectIdentifier identifier(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }

    private void delete(List<ObjectIdentifier> page) {
        DeleteObjectsResponse response = s3.deleteObjects(
                b -> b.bucket(bucket).delete(d -> d.objects(page).quiet(true)));
        if (!response.errors().isEmpty()) {
            throw new IllegalStateException("S3 does not delete %s of %s: %s"
                    .formatted(
                            response.errors().get(0).key(),
                            bucket,
                            response.errors().get(0).message()));
        }
    }
}
