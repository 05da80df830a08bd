package io.thermolake.local.door;

import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The access key of one data folder. Its id is the same everywhere and no secret: it stands in each presigned URL.
 *
 * @param file where it is kept, an AWS credentials file
 */
public record FolderKey(Path file, String secret) {
    /** The profile's name, too. */
    public static final String ID = "thermolake";

    static final int SHORTEST = 16;

    public FolderKey {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "The secret of " + file + " is shorter than " + SHORTEST + " characters");
        }
    }

    /** For clients of the AWS SDK. */
    public StaticCredentialsProvider provider() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, secret));
    }

    @Override
    public String toString() {
        return "FolderKey[" + file + "]";
    }
}
