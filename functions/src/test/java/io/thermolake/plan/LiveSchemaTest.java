package io.thermolake.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"b\":1,\"a\":2} | a,b",
                "no json~{\"a\":2} | a",
                "no json | unknown",
                "{\"A\":1,\"a\":2,\"B\":3} | a,b",
                "{\"a\":1,\"b\\u0000\":2,\"\":3,\"c.d\":4} | a,c.d",
            })
    void theColumnsAreThoseOfTheFirstGoodRecord(String text, String expected) {
        assertThat(LiveSchema.of(text.replace('~', '\n').getBytes(UTF_8))).isEqualTo(expected);
    }

    @Test
    void anEmptyHeadSaysNothing() {
        assertThat(LiveSchema.of(new byte[0])).isEqualTo("unknown");
    }

    @Test
    void gzipThatIsCutOffIsReadAsFarAsItGoes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Random random = new Random(7);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 20_000; i++) {
                gzip.write(("{\"room_id\":\"lab\",\"temperature\":" + random.nextDouble() + "}\n").getBytes(UTF_8));
            }
        }
        assertThat(bytes.size()).isGreaterThan(LiveSchema.HEAD_BYTES);
        assertThat(LiveSchema.of(Arrays.copyOf(bytes.toByteArray(), LiveSchema.HEAD_BYTES)))
                .isEqualTo("room_id,temperature");
    }
}
