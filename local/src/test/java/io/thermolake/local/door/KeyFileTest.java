package io.thermolake.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

@DisabledOnOs(OS.WINDOWS)
class KeyFileTest {
    @TempDir
    Path data;

    private FolderKey make(long seed) {
        return new KeyFile(data).make(new Random(seed));
    }

    @Test
    void aKeyIsMadeOnceAndKept() {
        FolderKey made = make(1);

        assertThat(made.secret()).hasSize(40);
        assertThat(make(2)).isEqualTo(made);
        assertThat(new KeyFile(data).there()).contains(made);
        assertThat(made.toString()).doesNotContain(made.secret());
    }

    @Test
    void onlyItsOwnerReadsItAndNothingElseIsLeftThere() throws IOException {
        make(1);

        assertThat(Files.getPosixFilePermissions(data.resolve("credentials")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(data).isDirectoryContaining(p -> p.endsWith("credentials"));
        try (var files = Files.list(data)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void anAwsClientReadsIt() {
        FolderKey made = make(1);
        var read = ProfileCredentialsProvider.builder()
                .profileFile(ProfileFile.builder()
                        .content(data.resolve("credentials"))
                        .type(ProfileFile.Type.CREDENTIALS)
                        .build())
                .profileName(FolderKey.ID)
                .build()
                .resolveCredentials();

        assertThat(read.accessKeyId()).isEqualTo(FolderKey.ID);
        assertThat(read.secretAccessKey()).isEqualTo(made.secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void aKeyThatOthersCouldReadOrWriteIsMadeAnew(String permissions) throws IOException {
        FolderKey old = make(1);
        Files.setPosixFilePermissions(data.resolve("credentials"), PosixFilePermissions.fromString(permissions));

        assertThat(make(2).secret()).isNotEqualTo(old.secret());
        assertThat(Files.getPosixFilePermissions(data.resolve("credentials")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no profile", "[thermolake]\naws_secret_access_key = short\n"})
    void aFileWithoutAKeyIsMadeAnew(String text) throws IOException {
        Files.writeString(data.resolve("credentials"), text);

        assertThat(new KeyFile(data).there()).isEmpty();
        FolderKey made = make(1);
        assertThat(new KeyFile(data).there()).contains(made);
    }

    @Test
    void anotherUsersFileBehindALinkIsNotTaken() throws IOException {
        Path other = Files.writeString(
                data.resolve("theirs"), "[thermolake]\naws_secret_access_key = known to the neighbour\n");
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(data.resolve("credentials"), other);

        assertThat(make(1).secret()).isNotEqualTo("known to the neighbour");
        assertThat(other).content().contains("known to the neighbour");
    }
}
