package io.thermolake.local.verify;

import io.thermolake.lake.LakeLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * What was written through the laptop's S3 has its MD5 as an attribute of its file. So even a change that makes another
 * valid file is seen, where the disk has such attributes and they were copied with the folder. Spark's files have none.
 */
final class ChecksumCheck {
    static final String ATTRIBUTE = "user.content-md5";
    private static final List<String> PUBLISHED = List.of(
            LakeLayout.MANIFESTS,
            LakeLayout.SCORES,
            LakeLayout.ALARMS,
            LakeLayout.MODELS,
            LakeLayout.REPORTS,
            LakeLayout.SCORE_INDEXES,
            LakeLayout.REPORT_POINTERS,
            LakeLayout.CATALOG_MARKS);

    private final LakeFiles lake;
    private final Findings findings;

    ChecksumCheck(LakeFiles lake, Findings findings) {
        this.lake = lake;
        this.findings = findings;
    }

    void check() {
        for (String prefix : PUBLISHED) {
            for (Path file : lake.files(prefix, "")) {
                if (!findings.names(file) && isOther(file)) {
                    findings.tell("Its bytes are not those that were written", Mend.of(lake.name(file)), file);
                }
            }
        }
    }

    private static boolean isOther(Path file) {
        try {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
            if (view == null || !view.list().contains(ATTRIBUTE)) {
                return false;
            }
            ByteBuffer stored = ByteBuffer.allocate(view.size(ATTRIBUTE));
            view.read(ATTRIBUTE, stored);
            return !Arrays.equals(
                    stored.array(), MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            // A disk without attributes; whether the file can be read the other checks tell.
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
