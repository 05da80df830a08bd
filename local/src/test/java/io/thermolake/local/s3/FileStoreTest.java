package io.thermolake.local.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

class FileStoreTest {
    private static final String KEY = "alarms/lab.jsonl";

    @TempDir
    Path data;

    private Path root;
    private Buckets buckets;
    private FileStore store;

    @BeforeEach
    void open() {
        root = data.resolve("s3");
        buckets = new Buckets(root);
        buckets.make("b");
        store = new FileStore(root);
    }

    private static PutObjectRequest put(String key) {
        return PutObjectRequest.builder().bucket("b").key(key).build();
    }

    private void put(String key, String text) {
        store.putBlob(put(key), new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private String text(String key) throws IOException {
        try (InputStream in =
                store.getBlob(GetObjectRequest.builder().bucket("b").key(key).build())) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** What any reader can see: of the folder, of the bucket's files, and of S3's listing with and without folders. */
    private List<String> seen() {
        List<String> seen = new ArrayList<>();
        if (Files.exists(root.resolve("b/alarms"))) {
            try (Stream<Path> files = Files.list(root.resolve("b/alarms"))) {
                files.forEach(f -> seen.add("alarms/" + f.getFileName()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        buckets.files("s3://b/")
                .forEach(f -> seen.add(root.resolve("b").relativize(f).toString()));
        store.list(ListObjectsV2Request.builder().bucket("b").build()).contents().stream()
                .map(S3Object::key)
                .forEach(seen::add);
        store.list(ListObjectsV2Request.builder().bucket("b").delimiter("/").build())
                .commonPrefixes()
                .forEach(p -> seen.add(p.prefix()));
        return seen.stream().distinct().sorted().toList();
    }

    @Test
    void nobodySeesAnObjectWhileItsBodyStreamsIn() throws IOException {
        put(KEY, "old");
        List<String> seen = new ArrayList<>();
        AtomicBoolean told = new AtomicBoolean();
        InputStream slow = new ByteArrayInputStream("new".getBytes(UTF_8)) {
            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (!told.getAndSet(true)) {
                    assertThat(root.resolve("b").resolve(InFlight.FOLDER)).isNotEmptyDirectory();
                    seen.addAll(seen());
                }
                return super.read(bytes, offset, 1);
            }

            @Override
            public synchronized byte[] readAllBytes() {
                throw new AssertionError("it streams");
            }
        };
        store.putBlob(put(KEY), slow);
        assertThat(seen).containsExactly("alarms/", KEY);
        assertThat(text(KEY)).isEqualTo("new");
        assertThat(seen()).containsExactly("alarms/", KEY);
    }

    @Test
    void aBodyThatBreaksOffLeavesNothing() {
        assertThatThrownBy(() -> store.putBlob(put(KEY), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the client is gone");
                    }
                }))
                .hasRootCauseMessage("the client is gone");
        assertThat(seen()).isEmpty();
        assertThat(root.resolve("b").resolve(InFlight.FOLDER)).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b/Küche.csv", "room_id=x/100%.csv", "we[ir]d*?.json", "quo'te\".csv", "-", ".hidden/x"})
    void everyKeyIsPutCopiedListedAndRead(String key) throws IOException {
        put(key, "1");
        store.copyBlob(CopyObjectRequest.builder()
                .sourceBucket("b")
                .sourceKey(key)
                .destinationBucket("b")
                .destinationKey("copy/" + key)
                .build());
        assertThat(text("copy/" + key)).isEqualTo("1");
        assertThat(store.list(ListObjectsV2Request.builder().bucket("b").build())
                        .contents())
                .extracting(S3Object::key)
                .containsExactlyInAnyOrder(key, "copy/" + key);
    }

    @Test
    void aKeyThatMustBeNewIsWonOnce() throws IOException {
        PutObjectRequest first = put(KEY).toBuilder().ifNoneMatch("*").build();
        String etag =
                store.putBlob(first, new ByteArrayInputStream(new byte[] {'1'})).eTag();
        assertThatThrownBy(() -> store.putBlob(first, new ByteArrayInputStream(new byte[] {'2'})))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        assertThatThrownBy(() -> store.putBlob(
                        put(KEY).toBuilder().ifNoneMatch(etag).build(), new ByteArrayInputStream(new byte[] {'3'})))
                .isInstanceOf(S3Exception.class);
        assertThat(text(KEY)).isEqualTo("1");
        assertThat(root.resolve("b").resolve(InFlight.FOLDER)).isEmptyDirectory();
    }

    @Test
    void aKeyThatLeavesItsBucketIsRefused() {
        assertThatThrownBy(() -> put("../../out", "x")).isInstanceOf(RuntimeException.class);
        assertThat(data.resolve("out")).doesNotExist();
    }

    @Test
    void anUploadInPartsIsSeenWhenItIsWhole() throws IOException {
        CreateMultipartUploadRequest request = CreateMultipartUploadRequest.builder()
                .bucket("b")
                .key(KEY)
                .contentType("text/plain")
                .build();
        MultipartUpload upload = store.initiateMultipartUpload(request);
        // What the server makes of the later requests.
        upload = new MultipartUpload(
                upload.id(),
                CreateMultipartUploadRequest.builder().bucket("b").key(KEY).build());
        for (int i = 1; i <= 2; i++) {
            store.uploadMultipartPart(
                    upload,
                    UploadPartRequest.builder()
                            .bucket("b")
                            .key(KEY)
                            .partNumber(i)
                            .contentLength(7L)
                            .build(),
                    new ByteArrayInputStream(("part " + i + "\n").getBytes(UTF_8)));
            assertThat(seen()).isEmpty();
        }
        assertThat(store.listMultipartUploads("b")).extracting(u -> u.key()).containsExactly(KEY);
        List<CompletedPart> parts = store.listMultipartUpload(upload).stream()
                .map(p -> CompletedPart.builder()
                        .partNumber(p.partNumber())
                        .eTag(p.eTag())
                        .build())
                .toList();
        assertThat(parts).hasSize(2);
        store.completeMultipartUpload(
                upload,
                CompleteMultipartUploadRequest.builder()
                        .bucket("b")
                        .key(KEY)
                        .multipartUpload(m -> m.parts(parts))
                        .build());
        assertThat(text(KEY)).isEqualTo("part 1\npart 2\n");
        assertThat(seen()).containsExactly("alarms/", KEY);
        assertThat(store.listMultipartUploads("b")).isEmpty();
        MultipartUpload other = store.initiateMultipartUpload(request);
        store.abortMultipartUpload(other);
        assertThat(store.listMultipartUploads("b")).isEmpty();
    }

    @Test
    void whatADeadProcessHalfWroteIsRemovedAtTheNextStart() throws IOException {
        Path left = root.resolve("b").resolve(InFlight.FOLDER + "deep/left");
        Files.createDirectories(left.getParent());
        Files.writeString(left, "half");
        new FileStore(root);
        assertThat(root.resolve("b").resolve(InFlight.FOLDER)).doesNotExist();
    }

    @Test
    void whatIsNotWholeYetIsNoFile() throws IOException {
        for (String key : List.of("a/x", "a/_temporary/0/part", "a/.spark-staging/part", "a/_SUCCESS", "a/.x.crc")) {
            buckets.write("s3://b/" + key, new byte[] {1});
        }
        assertThat(buckets.files("s3://b/a/")).containsExactly(root.resolve("b/a/x"));
        assertThat(buckets.files("s3://b/a/x")).isEmpty();
        assertThat(buckets.files("s3://b/none/")).isEmpty();
    }

    @Test
    void aFolderThatGoesAwayWhileItIsListedCostsItselfOnly() throws Exception {
        buckets.write("s3://b/a/stays", new byte[] {1});
        AtomicBoolean over = new AtomicBoolean();
        Thread deleting = new Thread(() -> {
            while (!over.get()) {
                buckets.write("s3://b/a/k/x/y", new byte[] {1});
                try {
                    Files.delete(root.resolve("b/a/k/x/y"));
                    Files.delete(root.resolve("b/a/k/x"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        deleting.start();
        try {
            for (int i = 0; i < 2000; i++) {
                assertThat(buckets.files("s3://b/a/")).contains(root.resolve("b/a/stays"));
            }
        } finally {
            over.set(true);
            deleting.join();
        }
    }

    /** Such a key once read, overwrote and deleted the object of another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alarms/lab.jsonl/",
                "alarms/lab.jsonl/x",
                "./alarms/lab.jsonl",
                "x/../alarms/lab.jsonl",
                "alarms/./lab.jsonl",
                "alarms//lab.jsonl",
                "../b/alarms/lab.jsonl",
                "alarms",
            })
    void aKeyNeverStandsForTheFileOfAnother(String other) throws IOException {
        put(KEY, "one");

        assertThatThrownBy(() -> put(other, "two"))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("none can have the key '" + other + "'");
        assertThatThrownBy(() -> text(other)).isInstanceOf(S3Exception.class);
        assertThat(store.blobExists("b", other)).isFalse();
        store.removeBlob("b", other);
        assertThat(text(KEY)).isEqualTo("one");
        assertThatThrownBy(() -> store.copyBlob(CopyObjectRequest.builder()
                        .sourceBucket("b")
                        .sourceKey(other)
                        .destinationBucket("b")
                        .destinationKey("copy")
                        .build()))
                .isInstanceOf(S3Exception.class);
    }

    @Test
    void aFolderHasNoBytes() {
        assertThatThrownBy(() -> store.putBlob(
                        put("folder/").toBuilder().contentLength(3L).build(),
                        new ByteArrayInputStream("one".getBytes(UTF_8))))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("a folder, which has no bytes");
    }
}
