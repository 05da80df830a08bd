package io.thermolake.local.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Buckets as folders. Three things differ from s3proxy's store: files that were written around S3, by Spark or DuckDB, have no
 * stored MD5 and get an ETag made of their size and time; and an object is written in {@link InFlight} first, since s3proxy
 * writes {@code KEY-<uuid>} beside the key, where every reader of the folder would take it for data, after a kill for ever; and a key that would
 * stand for another one's file is none: see {@link KeyFiles}.
 */
public final class FileStore extends ForwardingBlobStore {
    private final InFlight inFlight;
    private final KeyFiles keys;

    /** @param root a folder a bucket; what was half written there when a process died is removed */
    public FileStore(Path root) {
        super(new FilesystemNio2BlobStore(root.toString()));
        inFlight = new InFlight(root);
        inFlight.clear();
        keys = new KeyFiles(root);
    }

    private static String etag(Long size, Instant modified) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest((size + "@" + modified.toEpochMilli()).getBytes(US_ASCII));
            return '"' + HexFormat.of().formatHex(digest) + "-0\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, java.io.InputStream payload) {
        keys.checkWritable(request.bucket(), request.key(), request.contentLength());
        if (!inFlight.takes(request.bucket(), request.key())) {
            return super.putBlob(request, payload);
        }
        String fresh = InFlight.FOLDER + UUID.randomUUID();
        PutObjectResponse response =
                super.putBlob(request.toBuilder().key(fresh).ifNoneMatch(null).build(), payload);
        inFlight.publish(request.bucket(), fresh, request.key(), request.ifNoneMatch(), () -> current(request));
        return response;
    }

    private HeadObjectResponse current(PutObjectRequest request) {
        return blobMetadata(HeadObjectRequest.builder()
                .bucket(request.bucket())
                .key(request.key())
                .build());
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        checkThere(request.sourceBucket(), request.sourceKey());
        keys.checkWritable(request.destinationBucket(), request.destinationKey(), null);
        if (!inFlight.takes(request.destinationBucket(), request.destinationKey())) {
            return super.copyBlob(request);
        }
        String fresh = InFlight.FOLDER + UUID.randomUUID();
        CopyObjectResponse response =
                super.copyBlob(request.toBuilder().destinationKey(fresh).build());
        inFlight.publish(request.destinationBucket(), fresh, request.destinationKey(), null, () -> null);
        return response;
    }

    /** An upload's parts are named after its key, so all of its calls speak of the key in flight. */
    private static MultipartUpload inFlight(MultipartUpload upload) {
        CreateMultipartUploadRequest request = upload.request();
        return new MultipartUpload(
                upload.id(),
                request.toBuilder().key(InFlight.FOLDER + request.key()).build(),
                upload.response());
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        keys.checkWritable(request.bucket(), request.key(), null);
        MultipartUpload begun = super.initiateMultipartUpload(
                request.toBuilder().key(InFlight.FOLDER + request.key()).build());
        return new MultipartUpload(begun.id(), request, begun.response());
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
            MultipartUpload upload, UploadPartRequest request, java.io.InputStream part) {
        return super.uploadMultipartPart(inFlight(upload), request, part);
    }

    @Override
    public List<Part> listMultipartUpload(MultipartUpload upload) {
        return super.listMultipartUpload(inFlight(upload));
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
        super.abortMultipartUpload(inFlight(upload));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse response = super.completeMultipartUpload(
                inFlight(upload), request.toBuilder().ifNoneMatch(null).build());
        String key = upload.blobName();
        inFlight.publish(
                upload.containerName(),
                InFlight.FOLDER + key,
                key,
                request.ifNoneMatch(),
                () -> blobMetadata(HeadObjectRequest.builder()
                        .bucket(upload.containerName())
                        .key(key)
                        .build()));
        return response;
    }

    @Override
    public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(String bucket) {
        return super.listMultipartUploads(bucket).stream()
                .map(u -> u.toBuilder().key(InFlight.wanted(u.key())).build())
                .toList();
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response response = super.list(request);
        return response.toBuilder()
                .contents(response.contents().stream()
                        .filter(o -> !o.key().startsWith(InFlight.FOLDER))
                        .map(o -> o.eTag() != null || o.lastModified() == null
                                ? o
                                : o.toBuilder()
                                        .eTag(etag(o.size(), o.lastModified()))
                                        .build())
                        .toList())
                .commonPrefixes(response.commonPrefixes().stream()
                        .filter(p -> !InFlight.FOLDER.startsWith(p.prefix())
                                && !p.prefix().startsWith(InFlight.FOLDER))
                        .toList())
                .build();
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        checkThere(request.bucket(), request.key());
        HeadObjectResponse response = super.blobMetadata(request);
        return response == null || response.eTag() != null
                ? response
                : response.toBuilder()
                        .eTag(etag(response.contentLength(), response.lastModified()))
                        .build();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        checkThere(request.bucket(), request.key());
        ResponseInputStream<GetObjectResponse> stream = super.getBlob(request);
        if (stream == null || stream.response().eTag() != null || request.range() != null) {
            return stream;
        }
        GetObjectResponse response = stream.response();
        return new ResponseInputStream<>(
                response.toBuilder()
                        .eTag(etag(response.contentLength(), response.lastModified()))
                        .build(),
                stream);
    }

    @Override
    public boolean blobExists(String bucket, String key) {
        return !keys.isNone(bucket, key) && super.blobExists(bucket, key);
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return keys.isNone(request.bucket(), request.key())
                ? DeleteObjectResponse.builder().build()
                : super.removeBlob(request);
    }

    private void checkThere(String bucket, String key) {
        if (keys.isNone(bucket, key)) {
            throw S3Exceptions.noSuchKey(bucket, key, "The specified key does not exist.");
        }
    }
}
