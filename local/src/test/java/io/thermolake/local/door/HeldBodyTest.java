package io.thermolake.local.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.lake.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldBodyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, HeldBody.IN_MEMORY_BYTES, HeldBody.IN_MEMORY_BYTES + 1, 5 << 20})
    void aLargeBodyLiesInAFileUntilItIsClosed(int size) throws Exception {
        byte[] all = "0123456789abcdef".repeat(size / 16 + 1).substring(0, size).getBytes(UTF_8);
        HeldBody body = new HeldBody(folder);
        for (int from = 0; from < size; from += 10_000) {
            body.add(ByteBuffer.wrap(all, from, Math.min(10_000, size - from)));
        }

        assertThat(body.inFile()).isEqualTo(size > HeldBody.IN_MEMORY_BYTES);
        assertThat(body.size()).isEqualTo(size);
        assertThat(body.sha256()).isEqualTo(Sha256.of(new String(all, UTF_8)));
        assertThat(Content.Source.asString(body.source(), UTF_8)).isEqualTo(new String(all, UTF_8));
        body.close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theLargestOfTheUnprovenGivesWay() {
        Unproven unproven = new Unproven(100);
        StringBuilder ended = new StringBuilder();
        Runnable small = () -> ended.append("small ");
        Runnable large = () -> ended.append("large ");

        unproven.add(small, 30);
        unproven.add(large, 60);
        unproven.add(small, 10);
        assertThat(ended).isEmpty();
        unproven.add(small, 1);
        assertThat(ended).hasToString("large ");
        unproven.remove(small);
        unproven.add(large, 100);
        assertThat(ended).hasToString("large ");
    }
}
