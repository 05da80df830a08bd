package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;

class LiveFileTest {
    private static final String LINE =
            "{\"timestamp\":\"2026-03-02 00:00:00\",\"room_id\":\"lab\",\"temperature\":20}\n";

    @TempDir
    Path folder;

    private final List<Integer> batches = new ArrayList<>();
    private final StringBuilder sent = new StringBuilder();
    private final FirehoseClient firehose = new FirehoseClient() {
        @Override
        public PutRecordBatchResponse putRecordBatch(PutRecordBatchRequest request) {
            batches.add(request.records().size());
            request.records().forEach(r -> sent.append(r.data().asUtf8String()));
            return PutRecordBatchResponse.builder().failedPutCount(0).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    };

    private LiveFile send(byte[] bytes) throws IOException {
        LiveFile file = LiveFile.of(Files.write(folder.resolve("mine.jsonl"), bytes), folder.resolve("copy"));
        file.send(firehose, "live");
        return file;
    }

    @Test
    void linesAreSentAsTheyAreInBatches() throws IOException {
        LiveFile file = send((LINE.repeat(600) + "no json\n\n").getBytes(UTF_8));
        assertThat(file.rows()).isEqualTo(601);
        assertThat(batches).containsExactly(500, 101);
        assertThat(sent.toString()).isEqualTo(LINE.repeat(600) + "no json\n");
    }

    @Test
    void packedAndUtf16LinesAreSentAsPlainUtf8() throws IOException {
        Path packed = folder.resolve("x.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(("\uFEFF" + LINE).getBytes(UTF_16LE));
        }
        send(Files.readAllBytes(packed));
        assertThat(sent.toString()).isEqualTo(LINE);
    }

    @Test
    void aLineThatFirehoseCannotTakeIsLeftOutAndTold() throws IOException {
        LiveFile file =
                send((LINE + "{" + "9".repeat(1_024_000) + "\n" + LINE + "{" + "9".repeat(3 << 20)).getBytes(UTF_8));
        assertThat(sent.toString()).isEqualTo(LINE + LINE);
        assertThat(file.notes())
                .containsExactly(
                        "2 of its lines were left out, the first of them line 2: longer than the 1,000 KiB that a record of Firehose may have");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"a\":1}] | is a JSON array",
                "'[\n {\"a\":1}\n]' | is a JSON array",
                "[] | is a JSON array",
                "'' | is empty",
                "'\n\n' | is empty",
                "'a,b\n1,2' | has no JSON objects",
            })
    void whatIsNoJsonLinesIsRefusedByWhatItIs(String text, String told) {
        assertThatThrownBy(() -> send(text.replace("\\n", "\n").getBytes(UTF_8)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(told);
        assertThat(batches).isEmpty();
    }

    @Test
    void aBadFirstLineCostsItselfOnly() throws IOException {
        assertThat(send(("[INFO] begin\n" + LINE).getBytes(UTF_8)).rows()).isEqualTo(2);
    }
}
