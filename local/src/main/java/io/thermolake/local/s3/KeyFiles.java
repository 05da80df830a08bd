package io.thermolake.local.s3;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Keys that would stand for another key's file: S3 takes every key for itself, a file system does not. Such a key is refused
 * by name when it is written; nothing is there when it is read, and nothing goes when it is deleted.
 */
final class KeyFiles {
    private static final int NOT_IMPLEMENTED = 501;

    private final Path root;

    /** @param root a folder a bucket */
    KeyFiles(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Whether no object can have the key, whatever file its path leads to. */
    boolean isNone(String bucket, String key) {
        return why(bucket, key).isPresent();
    }

    /**
     * @param bytes of the object, or null where that is not known yet
     * @throws S3Exception 501, saying why, when the object could not be told from another one
     */
    void checkWritable(String bucket, String key, @Nullable Long bytes) {
        Optional<String> why = why(bucket, key);
        if (why.isEmpty() && key.endsWith("/") && bytes != null && bytes > 0) {
            why = Optional.of("it ends in '/', so it is a folder, which has no bytes");
        }
        if (why.isEmpty()
                && !key.endsWith("/")
                && Files.isDirectory(root.resolve(bucket).resolve(key))) {
            why = Optional.of("there are objects under '" + key + "/'");
        }
        why.ifPresent(reason -> {
            throw refused("The laptop cloud keeps objects as files, and none can have the key '" + key + "': " + reason
                    + ". On AWS this key is allowed");
        });
    }

    private Optional<String> why(String bucket, String key) {
        List<String> parts = List.of((key.endsWith("/") ? key.substring(0, key.length() - 1) : key).split("/", -1));
        for (String part : parts) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return Optional.of("no file is called '" + part + "'");
            }
        }
        Path path = root.resolve(bucket);
        for (String part : key.endsWith("/") ? parts : parts.subList(0, parts.size() - 1)) {
            path = path.resolve(part);
            if (Files.isRegularFile(path)) {
                return Optional.of("'" + root.resolve(bucket).relativize(path) + "' is an object");
            }
        }
        return Optional.empty();
    }

    private static S3Exception refused(String message) {
        AwsErrorDetails details = AwsErrorDetails.builder()
                .errorCode("NotImplemented")
                .errorMessage(message)
                .sdkHttpResponse(
                        SdkHttpResponse.builder().statusCode(NOT_IMPLEMENTED).build())
                .build();
        return (S3Exception) S3Exception.builder()
                .message(message)
                .statusCode(NOT_IMPLEMENTED)
                .awsErrorDetails(details)
                .build();
    }
}
