package io.thermolake.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalTest {
    private final List<String> told = new ArrayList<>();
    private final Arrival.Taker taker = new Arrival.Taker() {
        @Override
        public void add(ByteBuffer bytes) {
            told.add("bytes");
        }

        @Override
        public void whole() {
            told.add("whole");
        }

        @Override
        public void failed(Denied why) {
            told.add(why.why().name());
        }
    };

    @ParameterizedTest
    @CsvSource({
        // bytes that are there after so many seconds -> whether more is waited for
        "1,      9,  true",
        "10239,  10, true",
        "11263,  11, false",
        "11264,  11, true",
        "102399, 100, false",
        "102400, 100, true",
    })
    void aBodyThatComesTooSlowlyIsGivenUp(int bytes, long seconds, boolean waits) {
        long[] nanos = {0};
        Deque<Content.Chunk> chunks = new ArrayDeque<>();
        chunks.add(Content.Chunk.from(ByteBuffer.allocate(bytes), false));
        List<Runnable> demanded = new ArrayList<>();
        Content.Source source = new Content.Source() {
            @Override
            public Content.Chunk read() {
                nanos[0] = seconds * 1_000_000_000L;
                return chunks.poll();
            }

            @Override
            public void demand(Runnable callback) {
                demanded.add(callback);
            }

            @Override
            public void fail(Throwable failure) {}
        };

        new Arrival(source, taker, () -> nanos[0]).run();

        assertThat(told).containsExactlyElementsOf(waits ? List.of("bytes") : List.of("bytes", "TOO_SLOW"));
        assertThat(demanded).hasSize(waits ? 1 : 0);
    }
}
