package io.thermolake.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectKeyTest {
    @ParameterizedTest
    @CsvSource({
        // parts, times, letter, multipart -> problem
        "1, 255, k, false, ''",
        "1, 256, k, false, 256 bytes: the laptop cloud keeps objects as files, whose names have 255 at most",
        "1, 127, é, false, ''",
        "1, 128, é, false, 256 bytes",
        "1, 212, k, true,  ''",
        "1, 213, k, true,  212 at most",
        "4, 255, k, false, ''",
        "5, 204, k, false, ''",
        "5, 205, k, false, Your key is too long: it has 1029 bytes",
    })
    void aKeyHasTheBytesOfS3AndEachPartThoseOfAFileName(
            int parts, int times, String letter, boolean multipart, String problem) {
        String key = String.join("/", java.util.Collections.nCopies(parts, letter.repeat(times)));

        assertThat(ObjectKey.problem("/bucket/" + key, multipart).orElse("")).contains(problem);
        if (problem.isEmpty()) {
            assertThat(ObjectKey.problem("/bucket/" + key, multipart)).isEmpty();
        }
    }
}
