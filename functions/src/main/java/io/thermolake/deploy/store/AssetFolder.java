package io.thermolake.deploy.store;

import io.thermolake.lake.LakeLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What jobs are given of code, in the lake's bucket, each file under its SHA-256. */
public record AssetFolder(S3Client s3, String bucket) {
    /**
     * @param suffix of the key, with its dot
     * @return the key
     */
    public String put(byte[] content, String suffix, String contentType) {
        String key = LakeLayout.asset(sha256(content), suffix);
        s3.putObject(b -> b.bucket(bucket).key(key).contentType(contentType), RequestBody.fromBytes(content));
        return key;
    }

    /** As Glue takes it. */
    public String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
