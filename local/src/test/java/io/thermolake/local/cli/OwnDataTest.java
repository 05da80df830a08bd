package io.thermolake.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

class OwnDataTest {
    @TempDir
    Path folder;

    private final Map<String, String> objects = new HashMap<>();
    private final S3Client s3 = new S3Client() {
        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            try {
                objects.put(
                        request.key(),
                        new String(body.contentStreamProvider().newStream().readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return PutObjectResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    };

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("mine.csv"), text);
    }

    @Test
    void theHeaderGetsOurNamesAndTheRowsStayAsTheyAre() throws IOException {
        long lines = new OwnData("zeit", "wert", "raum")
                .history(file("\uFEFF\"raum\",zeit,wert,extra\nlab,1,2,x\n\nbroken\n"), s3, "b");
        assertThat(lines).isEqualTo(2);
        assertThat(objects)
                .containsExactly(Map.entry(
                        "raw/history/mine.csv", "room_id,timestamp,temperature,extra\nlab,1,2,x\n\nbroken\n"));
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
        Path file = file("a,b\n1,2\n");
        assertThatThrownBy(() -> new OwnData("timestamp", "temperature", "room_id").history(file, s3, "b"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("has no column 'timestamp'; it has a, b. Name yours with --timestamp");
    }

    @Test
    void aMissingFileIsSaidInOneSentence() {
        assertThatThrownBy(() -> OwnData.check(folder.resolve("none.csv")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("There is no file");
    }
}
