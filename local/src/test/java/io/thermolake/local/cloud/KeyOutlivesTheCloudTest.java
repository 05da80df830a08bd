package io.thermolake.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.local.door.FolderKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyOutlivesTheCloudTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void aFoldersNextCloudHasTheSameKeyAndAnotherFoldersHasAnother() {
        assertThat(key("one")).isEqualTo(key("one"));
        assertThat(key("one").secret()).isNotEqualTo(key("two").secret());
    }

    private FolderKey key(String data) {
        try (Cloud cloud =
                Cloud.start(new CloudOptions(HOME, folder.resolve(data), 0, 0, 0.01, CloudOptions.Database.none()))) {
            return cloud.key();
        }
    }
}
