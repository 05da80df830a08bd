package io.thermolake.local.athena;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.local.s3.FileStore;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** People ask while a run writes: an answer may be of before or after, but there is one. */
class QueriesBesideWritersTest {
    /** For a longer look: -Dthermolake.queries=300. */
    private static final int QUERIES = Integer.getInteger("thermolake.queries", 30);

    /** Fewer than the tries of a statement: each can lose it a file once. */
    private static final int WRITES_A_QUERY = 4;

    private static final int OBJECTS = 8;

    @TempDir
    Path data;

    private static String key(int i) {
        return "alarms/room%d.jsonl".formatted(i);
    }

    private static void put(FileStore store, String key, String text) {
        store.putBlob(
                PutObjectRequest.builder().bucket(RawZone.BUCKET).key(key).build(),
                new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static String alarms(int lines) {
        return "{\"room_id\":\"lab\",\"score\":0.5}\n".repeat(lines);
    }

    @ParameterizedTest
    @ValueSource(longs = 7)
    void queriesSeeWholeObjectsWhileTheyArePutReplacedAndDeleted(long seed) throws Exception {
        try (RawZone zone = new RawZone(data)) {
            FileStore store = new FileStore(data.resolve("s3"));
            put(store, "alarms/always.jsonl", alarms(5));
            AtomicBoolean over = new AtomicBoolean();
            Semaphore writes = new Semaphore(0);
            Thread writer = new Thread(() -> {
                Random random = new Random(seed);
                for (writes.acquireUninterruptibly(); !over.get(); writes.acquireUninterruptibly()) {
                    String key = key(random.nextInt(OBJECTS));
                    if (random.nextInt(3) == 0) {
                        store.removeBlob(DeleteObjectRequest.builder()
                                .bucket(RawZone.BUCKET)
                                .key(key)
                                .build());
                    } else {
                        // All lines or none: a half object would show another rest.
                        put(store, key, alarms(5 * random.nextInt(1, 2000)));
                    }
                }
            });
            writer.start();
            try {
                for (int i = 0; i < QUERIES; i++) {
                    writes.release(WRITES_A_QUERY);
                    List<String> rows =
                            zone.rows("SELECT count(*) % 5, count(*) >= 5, count(room_id) = count(*) FROM alarms");
                    assertThat(rows).as("seed %d, query %d", seed, i).containsExactly("0 true true");
                }
            } finally {
                over.set(true);
                writes.release();
                writer.join();
            }
        }
    }

    @Test
    void aFileThatGoesAwayUnderAStatementIsNoErrorOfTheStatement() {
        try (RawZone zone = new RawZone(data)) {
            zone.put("alarms/a.jsonl", alarms(1));
            StatementFiles listing = new StatementFiles(zone.buckets);
            assertThat(listing.files("s3://" + RawZone.BUCKET + "/alarms/")).hasSize(1);
            assertThat(listing.isStale()).isFalse();
            zone.put("alarms/a.jsonl", alarms(2));
            assertThat(listing.isStale()).isTrue();
        }
    }
}
