package io.thermolake.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scratch folders of the dead go, and of the living stay; processes are real ones. */
class ScratchTest {
    @TempDir
    Path data;

    @Test
    void aKilledProcessesScratchIsDeletedByTheNextAndALiveOnesIsNot() throws Exception {
        OtherProcess other = OtherProcess.on(data);

        try (Scratch beside = Scratch.open(data)) {
            assertThat(other.scratch()).isDirectory();
            assertThat(beside.part("mine")).isDirectory();
            other.kill();
        }
        assertThat(other.scratch()).isDirectory();

        try (Scratch next = Scratch.open(data)) {
            assertThat(other.scratch()).doesNotExist();
            assertThat(next.part("mine")).isDirectory();
        }
        assertThat(data.resolve("scratch")).isDirectoryNotContaining(file -> !file.endsWith("lock"));
    }

    @Test
    void whatEarlierVersionsLeftOfSparkGoes() throws Exception {
        Files.createDirectories(data.resolve("spark/blockmgr-1/0a"));
        Files.createFile(data.resolve("spark/blockmgr-1/0a/block"));
        Files.createDirectories(data.resolve("spark/notes"));

        Files.createFile(data.resolve("incoming-1.tmp"));

        Scratch.open(data).close();

        assertThat(data.resolve("incoming-1.tmp")).doesNotExist();
        assertThat(data.resolve("spark")).isDirectoryNotContaining("glob:**blockmgr*");
        assertThat(data.resolve("spark/notes")).isDirectory();
    }

    @Test
    void whatAKilledCloudWasWritingGoesWhenTheFolderIsTaken() throws Exception {
        CloudFolder folder = new CloudFolder(data);
        Path object = Files.createFile(data.resolve(".put1.new"));
        Path action =
                Files.createFile(Files.createDirectories(folder.state("iot")).resolve("action1.tmp"));

        assertThat(folder.lock()).isTrue();

        assertThat(object).doesNotExist();
        assertThat(action).doesNotExist();
        folder.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/home/me/data,        false",
        "/mnt/usb/data,        true",
        "/mnt/usb stick/data,  true",
        "/mnt/usb/inner/data,  false",
        "/mnt/usbs,            false",
        "/over,                true"
    })
    void aNoexecMountIsFoundByTheInnermostAndNewestMountPoint(Path folder, boolean noexec) {
        List<String> table = List.of(
                "/dev/a / ext4 rw,relatime 0 0",
                "/dev/b /mnt/usb vfat rw,noexec,nosuid 0 0",
                "/dev/c /mnt/usb\\040stick vfat rw,noexec 0 0",
                "tmpfs /mnt/usb/inner tmpfs rw 0 0",
                "tmpfs /over tmpfs rw 0 0",
                "tmpfs /over tmpfs rw,noexec 0 0",
                "broken");

        assertThat(Mounts.isNoexec(folder, table)).isEqualTo(noexec);
    }
}
