package io.thermolake.local.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketObjectsTest {
    private BucketObjects objects;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        Buckets buckets = new Buckets(folder.resolve("s3"));
        buckets.make("b");
        objects = new BucketObjects(buckets);
        for (String key : new String[] {"in/b.json", "in/a.json", "in/deep/c.json", "other"}) {
            objects.put("b", key, key.getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',     'in/a.json in/b.json in/deep/c.json other'",
        "in/,    'in/a.json in/b.json in/deep/c.json'",
        "in/d,   in/deep/c.json",
        "oth,    other",
        "none/,  ''",
    })
    void aListHasTheKeysOfAPrefixInOrder(String prefix, String keys) throws IOException {
        assertThat(objects.list("b", prefix))
                .extracting(ObjectStore.Listed::key)
                .containsExactlyElementsOf(keys.isEmpty() ? List.of() : List.of(keys.split(" ")));
    }

    @Test
    void anObjectIsReadBackWithItsSizeAndAnETag() throws IOException {
        assertThat(objects.get("b", "in/a.json")).asString(UTF_8).isEqualTo("in/a.json");
        assertThat(objects.list("b", "in/a.json")).singleElement().satisfies(o -> {
            assertThat(o.size()).isEqualTo(9);
            assertThat(o.etag()).matches("\"[0-9a-f]{32}(-0)?\"");
            assertThat(o.lastModified()).isPositive();
        });
    }

    @ParameterizedTest
    @CsvSource({"b, none, does not exist", "c, a, The bucket c does not exist", "b, ../../x, leaves its bucket"})
    void whatIsNotThereIsAnError(String bucket, String key, String why) {
        assertThatThrownBy(() -> objects.get(bucket, key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }
}
