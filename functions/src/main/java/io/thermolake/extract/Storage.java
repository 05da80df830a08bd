package io.thermolake.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The bucket through Hadoop's file system: S3A on Glue 5.1, plain files on the laptop. */
final class Storage {
    private Storage() {}

    static InputStream open(String bucket, String key, Configuration hadoop) {
        try {
            return fileSystem(bucket, hadoop).open(path(bucket, key));
        } catch (IOException e) {
            throw new UncheckedIOException("opening s3://%s/%s failed".formatted(bucket, key), e);
        }
    }

    static List<String> lines(String bucket, String key, Configuration hadoop) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(bucket, key, hadoop), UTF_8))) {
            return reader.lines().filter(l -> !l.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading s3://%s/%s failed".formatted(bucket, key), e);
        }
    }

    static void write(String bucket, String key, String text, Configuration hadoop) {
        try (OutputStream out = fileSystem(bucket, hadoop).create(path(bucket, key), true)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("writing s3://%s/%s failed".formatted(bucket, key), e);
        }
    }

    static String uri(String bucket, String key) {
        return "s3://" + bucket + "/" + key;
    }

    private static FileSystem fileSystem(String bucket, Configuration hadoop) throws IOException {
        return FileSystem.get(URI.create("s3://" + bucket + "/"), hadoop);
    }

    private static Path path(String bucket, String key) {
        // Not URI.create: keys may hold what a URI may not.
        return new Path("s3://" + bucket + "/", key);
    }
}
