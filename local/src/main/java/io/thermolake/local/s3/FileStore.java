package io.thermolake.local.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Buckets as folders. Files that were written around S3, by Spark or DuckDB, have no stored MD5: they get an ETag made of
 * their size and time.
 */
public final class FileStore extends ForwardingBlobStore {
    public FileStore(Path root) {
        super(new FilesystemNio2BlobStore(root.toString()));
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
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response response = super.list(request);
        return response.toBuilder()
                .contents(response.contents().stream()
                        .map(o -> o.eTag() != null || o.lastModified() == null
                                ? o
                                : o.toBuilder()
                                        .eTag(etag(o.size(), o.lastModified()))
                                        .build())
                        .toList())
                .build();
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        HeadObjectResponse response = super.blobMetadata(request);
        return response == null || response.eTag() != null
                ? response
                : response.toBuilder()
                        .eTag(etag(response.contentLength(), response.lastModified()))
                        .build();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
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
}
