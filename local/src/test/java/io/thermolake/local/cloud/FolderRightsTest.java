package io.thermolake.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thermolake.local.aws.CloudFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRightsTest {
    @TempDir
    Path parent;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Files.getFileStore(parent).supportsFileAttributeView("posix"));
        rights(parent, "rwxr-xr-x");
    }

    private static void rights(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void nobodyElseEntersADataFolderAndItsParentStays() throws IOException {
        Path data = parent.resolve("a/data");
        new CloudFolder(data).close();
        assertThat(rights(data)).isEqualTo("rwx------");
        assertThat(rights(parent)).isEqualTo("rwxr-xr-x");
        assertThat(rights(parent.resolve("a"))).isNotEqualTo("rwx------");
    }

    @Test
    void anOpenOneOfOursIsShut() throws IOException {
        Path data = Files.createDirectories(parent.resolve("data"));
        Files.createFile(data.resolve("lock"));
        Files.createDirectories(data.resolve("state/database"));
        rights(data, "rwxrwxrwx");
        new CloudFolder(data).close();
        assertThat(rights(data)).isEqualTo("rwx------");
    }

    @Test
    void aFolderOfOtherThingsStaysOpenAndWhatLiesInItOfOursIsShut() throws IOException {
        Path data = Files.createDirectories(parent.resolve("data"));
        Files.createFile(data.resolve("letter.txt"));
        rights(data, "rwxr-xr-x");
        CloudFolder folder = new CloudFolder(data);
        assertThat(rights(data)).isEqualTo("rwxr-xr-x");
        for (Path ours : java.util.List.of(
                folder.s3(), folder.logs(), folder.state("database").getParent())) {
            assertThat(rights(ours)).as("%s", ours).isEqualTo("rwx------");
        }
        folder.close();
    }
}
