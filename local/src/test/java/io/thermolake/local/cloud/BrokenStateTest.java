package io.thermolake.local.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk or a hand leaves a file empty or half: the cloud starts all the same, and the file is kept. */
class BrokenStateTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path data;

    private Cloud start() {
        return Cloud.start(new CloudOptions(HOME, data, 0, 0, 0.01, CloudOptions.Database.none()));
    }

    private List<Path> paths(boolean folders) throws IOException {
        try (Stream<Path> walk = Files.walk(data.resolve("state"))) {
            return walk.filter(folders ? Files::isDirectory : f -> f.toString().endsWith(".json"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"id\":\"half"})
    void theCloudStartsWithABrokenFileInEveryStore(String content) throws IOException {
        start().close();
        List<Path> stores = paths(true);
        assertThat(stores).hasSizeGreaterThan(10);
        for (Path store : stores) {
            if (!store.endsWith("database")) {
                Files.writeString(store.resolve("broken.json"), content, UTF_8);
            }
        }
        for (Path file : paths(false)) {
            // The logins are no resources: without them nobody gets at the database, and their own error says so.
            if (!file.endsWith("login.json") && !file.endsWith("owner.json")) {
                Files.writeString(file, content, UTF_8);
            }
        }
        start().close();
        start().close();
        assertThat(data.resolve("state/glue/tables/broken.json.broken")).hasContent(content);
        assertThat(data.resolve("state/meter/meter.json.broken")).hasContent(content);
        // What the template declares is there again.
        assertThat(data.resolve("state/glue/tables/thermolake.alarms.json")).isNotEmptyFile();
    }
}
