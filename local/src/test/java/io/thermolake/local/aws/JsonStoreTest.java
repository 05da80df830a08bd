package io.thermolake.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStoreTest {
    record Thing(String name) {
        Thing {
            if (name == null || name.isEmpty()) {
                throw new IllegalArgumentException("a thing needs a name");
            }
        }
    }

    @TempDir
    Path folder;

    private JsonStore<Thing> store() {
        return new JsonStore<>(folder, Thing.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "null",
                "{",
                "{}",
                "[]",
                "7",
                "\"text\"",
                "\u0000\u0000\u0000",
                "{\"id\":\"a/1\",\"value\":{\"na",
                "{\"id\":\"a/1\",\"value\":null}",
                "{\"id\":\"a/1\",\"value\":{}}",
                "{\"value\":{\"name\":\"x\"}}",
            })
    void aBrokenFileCostsWhatItHeldAndIsKept(String content) throws IOException {
        store().put("a/1", new Thing("one"));
        store().put("a/2", new Thing("two"));
        Files.writeString(folder.resolve("a%2F1.json"), content, UTF_8);

        assertThat(store().entries()).containsOnlyKeys("a/2");
        assertThat(store().lost()).containsExactly("a/1");
        assertThat(folder.resolve("a%2F1.json")).doesNotExist();
        assertThat(folder.resolve("a%2F1.json.broken")).hasContent(content.replace("\n", "\n"));
    }

    @Test
    void bytesThatAreNoTextAreABrokenFileToo() throws IOException {
        Files.write(folder.resolve("x.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0x00});
        assertThat(store().list()).isEmpty();
        assertThat(folder.resolve("x.json.broken")).exists();
    }

    @Test
    void whatIsPutAgainIsLostNoMore() throws IOException {
        Files.writeString(folder.resolve("x.json"), "");
        JsonStore<Thing> store = store();
        store.put("x", new Thing("again"));
        assertThat(store.lost()).isEmpty();
        assertThat(store().lost()).isEmpty();
        Files.writeString(folder.resolve("x.json"), "");
        assertThat(store().lost()).containsExactly("x");
        assertThat(folder.resolve("x.json.broken-2")).exists();
    }

    @Test
    void whatIsDeletedOrForgottenIsLostNoMore() throws IOException {
        for (String id : List.of("x", "y")) {
            Files.writeString(folder.resolve(id + ".json"), "");
        }
        JsonStore<Thing> store = store();
        assertThat(store.lost()).containsExactlyInAnyOrder("x", "y");
        store.delete("x");
        store.forget(Set.of("y"));
        assertThat(store.lost()).isEmpty();
        assertThat(store().lost()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadAtAllIsNamed() throws IOException {
        Files.createDirectory(folder.resolve("x.json"));
        assertThatThrownBy(this::store)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "null", "x"})
    void aFileThatAnnouncesNothingAnnouncesNoCloud(String content) throws IOException {
        CloudFolder data = new CloudFolder(folder);
        Files.writeString(folder.resolve("cloud.json"), content);
        assertThat(data.announced()).isEmpty();
    }

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
