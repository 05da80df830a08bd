package io.thermolake.fake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One bucket in memory: conditional writes, listings in the order of keys, a thousand a page. */
public final class FakeS3 implements S3Client {
    private static final int PAGE = 1000;

    public final TreeMap<String, byte[]> objects = new TreeMap<>();
    private int writesLeft;
    private boolean diesDone;
    private final Set<String> lostAnswers = new HashSet<>();
    private final Map<String, Runnable> before = new HashMap<>();
    private final Map<String, Runnable> beforeReading = new HashMap<>();

    private final Map<String, Runnable> beforeDeleting = new HashMap<>();

    /** Somebody else acts, or the process is killed, just before the next deletion of the key. */
    public FakeS3 beforeDeleting(String key, Runnable other) {
        beforeDeleting.put(key, other);
        return this;
    }

    /** The next write of the key is done, but its answer is lost: the SDK writes again by itself, and that is refused. */
    public FakeS3 losingTheAnswerOf(String key) {
        lostAnswers.add(key);
        return this;
    }

    /** Somebody else acts just before the next write of the key. */
    public FakeS3 beforeWriting(String key, Runnable other) {
        before.put(key, other);
        return this;
    }

    /** The process is killed at its n-th write from now on, counted from 1: before it, or when it is done. */
    public FakeS3 killingAtWrite(int n, boolean done) {
        writesLeft = n;
        diesDone = done;
        return this;
    }

    /** Somebody else acts just before the next read of the key. */
    public FakeS3 beforeReading(String key, Runnable other) {
        beforeReading.put(key, other);
        return this;
    }

    /** What nobody catches, as nobody catches a kill. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        writesLeft--;
        if (writesLeft == 0) {
            if (diesDone) {
                putObject(request, body);
            }
            throw new Killed();
        }
        Runnable other = before.remove(request.key());
        if (other != null) {
            other.run();
        }
        if (lostAnswers.remove(request.key())) {
            putObject(request, body);
        }
        byte[] stored = objects.get(request.key());
        if (request.ifNoneMatch() != null && stored != null) {
            throw refused();
        }
        checkMatch(request.ifMatch(), stored);
        try {
            byte[] content = body.contentStreamProvider().newStream().readAllBytes();
            objects.put(request.key(), content);
            return PutObjectResponse.builder().eTag(etag(content)).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkMatch(@Nullable String ifMatch, byte @Nullable [] stored) {
        if (ifMatch != null && stored == null) {
            throw missing();
        }
        if (ifMatch != null && !ifMatch.equals(etag(stored))) {
            throw refused();
        }
    }

    private static S3Exception refused() {
        return (S3Exception) S3Exception.builder()
                .statusCode(412)
                .message("At least one of the pre-conditions you specified did not hold")
                .build();
    }

    private static NoSuchKeyException missing() {
        return NoSuchKeyException.builder()
                .statusCode(404)
                .message("The specified key does not exist.")
                .build();
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        Runnable other = beforeReading.remove(request.key());
        if (other != null) {
            other.run();
        }
        byte[] content = objects.get(request.key());
        if (content == null) {
            throw missing();
        }
        GetObjectResponse response = GetObjectResponse.builder()
                .eTag(etag(content))
                .contentLength((long) content.length)
                .build();
        try {
            return transformer.transform(response, AbortableInputStream.create(new ByteArrayInputStream(content)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        Runnable other = beforeDeleting.remove(request.key());
        if (other != null) {
            other.run();
        }
        checkMatch(request.ifMatch(), objects.get(request.key()));
        objects.remove(request.key());
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        String after = request.continuationToken() != null ? request.continuationToken() : request.startAfter();
        List<S3Object> page = new ArrayList<>();
        for (Map.Entry<String, byte[]> object :
                objects.tailMap(after == null ? "" : after, false).entrySet()) {
            if (!object.getKey().startsWith(request.prefix())) {
                continue;
            }
            if (page.size() == PAGE) {
                return ListObjectsV2Response.builder()
                        .contents(page)
                        .isTruncated(true)
                        .nextContinuationToken(page.get(PAGE - 1).key())
                        .build();
            }
            page.add(S3Object.builder()
                    .key(object.getKey())
                    .size((long) object.getValue().length)
                    .eTag(etag(object.getValue()))
                    .build());
        }
        return ListObjectsV2Response.builder().contents(page).isTruncated(false).build();
    }

    private static String etag(byte[] content) {
        return "\"%08x%08x\"".formatted(Arrays.hashCode(content), content.length);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
