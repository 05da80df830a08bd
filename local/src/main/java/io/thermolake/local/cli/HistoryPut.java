package io.thermolake.local.cli;

import io.thermolake.lake.LakeLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Puts history into {@code raw/history/}: each content once, and never over another. */
final class HistoryPut {
    /** S3 takes no more in one request. */
    private static final long MOST_BYTES = 5L << 30;

    private static final int PRECONDITION_FAILED = 412;

    /** @param key where the content lies; @param isNew false when it lay there already */
    record Put(String key, boolean isNew) {}

    private final S3Client s3;
    private final String bucket;

    HistoryPut(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** @throws CommandException when the file is too large for one object */
    Put put(HistoryFile history) {
        if (history.bytes() > MOST_BYTES) {
            throw new CommandException(
                    UserFile.shown(history.file()) + " is over 5 GB; split it, and bring the parts one by one");
        }
        Map<String, S3Object> known = new HashMap<>();
        for (S3Object object : s3.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(LakeLayout.HISTORY))
                .contents()) {
            if (object.size() == history.bytes() && same(object.key(), history)) {
                return new Put(object.key(), false);
            }
            known.put(ObjectName.folded(object.key()), object);
        }
        String name = ObjectName.of(String.valueOf(history.file().getFileName()));
        for (int n = 1; ; n++) {
            String key = LakeLayout.HISTORY + ObjectName.numbered(name, n);
            if (!known.containsKey(ObjectName.folded(key)) && create(key, history)) {
                return new Put(key, true);
            }
        }
    }

    private boolean create(String key, HistoryFile history) {
        try {
            s3.putObject(b -> b.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromFile(history.copy()));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
                return false;
            }
            throw e;
        }
    }

    /** By the bytes: an ETag is not always theirs. */
    private boolean same(String key, HistoryFile history) {
        try (InputStream theirs = s3.getObject(b -> b.bucket(bucket).key(key));
                InputStream ours = Files.newInputStream(history.copy())) {
            return equal(theirs, ours);
        } catch (IOException e) {
            throw new CommandException(
                    "Comparing %s with s3://%s/%s failed: %s"
                            .formatted(UserFile.shown(history.file()), bucket, key, e.getMessage()),
                    e);
        }
    }

    private static boolean equal(InputStream a, InputStream b) throws IOException {
        byte[] left = new byte[1 << 16];
        byte[] right = new byte[1 << 16];
        while (true) {
            int n = a.readNBytes(left, 0, left.length);
            int m = b.readNBytes(right, 0, right.length);
            if (!java.util.Arrays.equals(left, 0, n, right, 0, m)) {
                return false;
            }
            if (n == 0) {
                return true;
            }
        }
    }
}
