package io.thermolake.deploy.store;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Sha256;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What jobs are given of code, in the lake's bucket, each file under its SHA-256. */
public record AssetFolder(S3Client s3, String bucket) {
    /**
     * @param suffix of the key, with its dot
     * @return the key
     */
    public String put(byte[] content, String suffix, String contentType) {
        String key = LakeLayout.asset(Sha256.of(content), suffix);
        s3.putObject(b -> b.bucket(bucket).key(key).contentType(contentType), RequestBody.fromBytes(content));
        return key;
    }

    /** As Glue takes it. */
    public String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }
}
