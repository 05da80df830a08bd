package io.thermolake.lake.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.gson.JsonParseException;
import io.thermolake.PipelineException;
import io.thermolake.RecordJson;
import io.thermolake.lake.Remedy;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The lake's small JSON objects in S3. Conditional writes are the only locks: {@link #create} is If-None-Match:*, {@link
 * #replace} is If-Match, and both answer whether they won.
 */
public final class LakeStore {
    /** @param value the object, as JSON or text; @param etag what {@link #replace} compares */
    public record Stored<T>(T value, String etag) {}

    /** An object of a listing; {@code size} in bytes. */
    public record Listed(String key, long size, String etag) {}

    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private final S3Client s3;
    private final String bucket;

    public LakeStore(S3Client s3, String bucket) {
        this.s3 = requireNonNull(s3, "s3 is null");
        this.bucket = requireNonNull(bucket, "bucket is null");
    }

    public String bucket() {
        return bucket;
    }

    /** The object's text, or nothing where there is no such key. */
    public Optional<Stored<String>> text(String key) {
        try {
            ResponseBytes<GetObjectResponse> got =
                    s3.getObjectAsBytes(b -> b.bucket(bucket).key(key));
            return Optional.of(new Stored<>(
                    got.asString(UTF_8), requireNonNull(got.response().eTag(), () -> key + " has no ETag")));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new StoreException("Reading", bucket, key, e);
        }
    }

    /** The object's first bytes, or nothing where there is no such key. */
    public Optional<byte[]> head(String key, int bytes) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(b -> b.bucket(bucket).key(key).range("bytes=0-" + (bytes - 1)))
                            .asByteArray());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new StoreException("Reading", bucket, key, e);
        }
    }

    /**
     * The object read as a record, or nothing where there is no such key.
     *
     * @throws PipelineException when the object is not JSON of that record, naming the key and what to do
     */
    public <T> Optional<Stored<T>> read(String key, Class<T> type) {
        return text(key).map(stored -> {
            try {
                return new Stored<>(
                        requireNonNull(RecordJson.gson().fromJson(stored.value(), type), () -> key + " is empty"),
                        stored.etag());
            } catch (RuntimeException e) {
                // Gson wraps what a record's own check throws in a RuntimeException that names the constructor only.
                Throwable why = e instanceof JsonParseException || e.getCause() == null ? e : e.getCause();
                throw new PipelineException(
                        "%s is not a readable %s: %s. %s"
                                .formatted(
                                        uri(key),
                                        type.getSimpleName(),
                                        why.getMessage() == null ? why.toString() : why.getMessage(),
                                        Remedy.of(key)),
                        e);
            }
        });
    }

    /** The same without the ETag, for who only reads. */
    public <T> Optional<T> find(String key, Class<T> type) {
        return read(key, type).map(Stored::value);
    }

    /**
     * The same where it has to be there.
     *
     * @param andSo the end of the sentence that says that it is missing: what to do, such as {@code ; start a new run}
     * @throws PipelineException when there is no such key
     */
    public <T> T need(String key, Class<T> type, String andSo) {
        return find(key, type).orElseThrow(() -> new PipelineException(uri(key) + " is missing" + andSo));
    }

    /** As S3's own tools name the key. */
    public String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }

    /** Writes whatever was there before. */
    public void put(String key, Object value) {
        try {
            s3.putObject(b -> b.bucket(bucket).key(key).contentType(contentType(key)), body(value));
        } catch (SdkException e) {
            throw new StoreException("Writing", bucket, key, e);
        }
    }

    /** Writes if the key does not exist. @return whether this call created it */
    public boolean create(String key, Object value) {
        return won(
                "Writing",
                key,
                () -> s3.putObject(
                        b -> b.bucket(bucket)
                                .key(key)
                                .contentType(contentType(key))
                                .ifNoneMatch("*"),
                        body(value)));
    }

    /** Writes if the object still has this ETag. @return whether this call replaced it */
    public boolean replace(String key, Object value, String etag) {
        return won(
                "Writing",
                key,
                () -> s3.putObject(
                        b -> b.bucket(bucket)
                                .key(key)
                                .contentType(contentType(key))
                                .ifMatch(etag),
                        body(value)));
    }

    /** Deletes the object; no such key is fine. */
    public void delete(String key) {
        try {
            s3.deleteObject(b -> b.bucket(bucket).key(key));
        } catch (SdkException e) {
            throw new StoreException("Deleting", bucket, key, e);
        }
    }

    /** Deletes the object if it still has this ETag. @return whether this call deleted it */
    public boolean delete(String key, String etag) {
        return won(
                "Deleting",
                key,
                () -> s3.deleteObject(b -> b.bucket(bucket).key(key).ifMatch(etag)));
    }

    /** Every object under a prefix, in the order of keys, page after page as the stream is read. */
    public Stream<Listed> list(String prefix) {
        return listAfter(prefix, "");
    }

    /** Every object under a prefix whose key is greater than {@code after}. */
    public Stream<Listed> listAfter(String prefix, String after) {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
        if (!after.isEmpty()) {
            request.startAfter(after);
        }
        return s3.listObjectsV2Paginator(request.build()).contents().stream()
                .map(o -> new Listed(o.key(), o.size() == null ? 0 : o.size(), o.eTag() == null ? "" : o.eTag()));
    }

    /** The last key under a prefix whose keys sort by number, such as manifests. */
    public Optional<String> last(String prefix) {
        return last(prefix, key -> true);
    }

    /** The last of the keys that are wanted under a prefix. */
    public Optional<String> last(String prefix, Predicate<String> wanted) {
        return list(prefix).map(Listed::key).filter(wanted).reduce((earlier, later) -> later);
    }

    private static RequestBody body(Object value) {
        return RequestBody.fromString(
                value instanceof String s ? s : RecordJson.gson().toJson(value), UTF_8);
    }

    private static String contentType(String key) {
        return key.endsWith(".html")
                ? "text/html; charset=utf-8"
                : key.endsWith(".csv") ? "text/csv" : "application/json";
    }

    private boolean won(String doing, String key, Runnable write) {
        try {
            write.run();
            return true;
        } catch (NoSuchKeyException e) {
            // What S3 answers to If-Match when the object is gone.
            return false;
        } catch (S3Exception e) {
            // 409: two writers met; S3 stored at most one of them, and not ours.
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                return false;
            }
            throw new StoreException(doing, bucket, key, e);
        } catch (SdkException e) {
            throw new StoreException(doing, bucket, key, e);
        }
    }
}
