package io.thermolake.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonStoreTest {
    @TempDir
    Path folder;

    /** A folder of that name, with something in it, makes the last step of writing fail, as a full disk does. */
    private JsonStore<String> withoutRoomFor(String id) throws IOException {
        JsonStore<String> store = new JsonStore<>(folder, String.class);
        Files.createDirectories(folder.resolve(id + ".json").resolve("in the way"));
        return store;
    }

    @Test
    void whatCannotBeWrittenIsNotThereAndLeavesNothingBehind() throws IOException {
        JsonStore<String> store = withoutRoomFor("job");

        assertThatThrownBy(() -> store.put("job", "RUNNING"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("job.json failed: ");
        assertThat(store.get("job")).isEmpty();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactly("job.json");
        }
    }

    @Test
    void anEndIsKnownEvenWhereItCannotBeWritten() throws IOException {
        JsonStore<String> store = withoutRoomFor("job");

        store.putEnd("job", "FAILED");

        assertThat(store.get("job")).contains("FAILED");
    }
}
