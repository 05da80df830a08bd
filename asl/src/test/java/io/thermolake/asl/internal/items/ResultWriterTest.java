package io.thermolake.asl.internal.items;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.thermolake.asl.Json;
import io.thermolake.asl.ObjectStore;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.Frames;
import io.thermolake.asl.internal.value.Payload;
import io.thermolake.asl.internal.value.StatesError;
import io.thermolake.asl.internal.value.Value;
import io.thermolake.asl.testing.MemoryObjects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of AWS's "ResultWriter (Map)". */
class ResultWriterTest {
    private static final String ARN = "arn:aws:states:eu-central-1:1:mapRun:m/M:run-7";
    private static final Frame FRAME = Frames.of("{\"p\":\"out\"}");
    private final MemoryObjects objects = new MemoryObjects();

    private static ResultWriter.Child child(String name, String status, Object output) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Name", name);
        json.put("Status", status);
        return new ResultWriter.Child(json, output);
    }

    private static List<ResultWriter.Child> children() {
        return new ArrayList<>(List.of(
                child("1", "SUCCEEDED", List.of(1L, 2L)),
                child("2", "FAILED", null),
                child("3", "SUCCEEDED", Map.of("k", 3L)),
                child("4", "SUCCEEDED", List.of())));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            NONE => [{"Name":"1","Status":"SUCCEEDED"},{"Name":"2","Status":"FAILED"},{"Name":"3","Status":"SUCCEEDED"},{"Name":"4","Status":"SUCCEEDED"}]
            COMPACT => [[1,2],{"Name":"2","Status":"FAILED"},{"k":3},[]]
            FLATTEN => [1,2,{"Name":"2","Status":"FAILED"},{"k":3}]
            """)
    void withoutADestinationTheResultIsShapedAndAFailedChildStaysWhole(String transformation, String result) {
        assertThat(Json.text(new ResultWriter(null, transformation, false).write(FRAME, objects, ARN, children())))
                .isEqualTo(result);
    }

    private Object written(String transformation, boolean lines, String where) {
        Value destination = Payload.compile(Json.parse(where), "", (m, l) -> {});
        return new ResultWriter(destination, transformation, lines).write(FRAME, objects, ARN, children());
    }

    private String text(String key) throws IOException {
        return new String(objects.get("b", key), UTF_8);
    }

    @Test
    void theManifestNamesAFileForEachStatus() throws IOException {
        assertThat(Json.text(written("NONE", false, "{\"Bucket\":\"b\",\"Prefix.$\":\"$.p\"}")))
                .isEqualTo("{\"MapRunArn\":\"" + ARN
                        + "\",\"ResultWriterDetails\":{\"Bucket\":\"b\",\"Key\":\"out/run-7/manifest.json\"}}");
        String failed = "[{\"Name\":\"2\",\"Status\":\"FAILED\"}]";
        String succeeded =
                "[{\"Name\":\"1\",\"Status\":\"SUCCEEDED\"},{\"Name\":\"3\",\"Status\":\"SUCCEEDED\"},{\"Name\":\"4\",\"Status\":\"SUCCEEDED\"}]";
        assertThat(text("out/run-7/FAILED_0.json")).isEqualTo(failed);
        assertThat(text("out/run-7/SUCCEEDED_0.json")).isEqualTo(succeeded);
        assertThat(text("out/run-7/manifest.json"))
                .isEqualTo("{\"DestinationBucket\":\"b\",\"MapRunArn\":\"" + ARN
                        + "\",\"ResultFiles\":{\"FAILED\":[{\"Key\":\"out/run-7/FAILED_0.json\",\"Size\":"
                        + failed.length()
                        + "}],\"PENDING\":[],\"SUCCEEDED\":[{\"Key\":\"out/run-7/SUCCEEDED_0.json\",\"Size\":"
                        + succeeded.length() + "}]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "COMPACT => false => [[1,2],{\"k\":3},[]]",
                "FLATTEN => false => [1,2,{\"k\":3}]",
                "COMPACT => true => `[1,2]\n{\"k\":3}\n[]\n`",
                "FLATTEN => true => `1\n2\n{\"k\":3}\n`",
            })
    void onlyWhatSucceededIsShaped(String transformation, boolean lines, String succeeded) throws IOException {
        written(transformation, lines, "{\"Bucket\":\"b\",\"Prefix\":\"\"}");
        String suffix = lines ? ".jsonl" : ".json";
        assertThat(text("run-7/SUCCEEDED_0" + suffix)).isEqualTo(succeeded);
        assertThat(text("run-7/FAILED_0" + suffix))
                .isEqualTo(
                        lines
                                ? "{\"Name\":\"2\",\"Status\":\"FAILED\"}\n"
                                : "[{\"Name\":\"2\",\"Status\":\"FAILED\"}]");
    }

    @Test
    void withoutAPrefixTheRunsFolderIsAtTheTop() throws IOException {
        written("NONE", false, "{\"Bucket\":\"b\"}");
        assertThat(text("run-7/manifest.json")).contains("\"run-7/FAILED_0.json\"");
    }

    @Test
    void sizesAreBytes() throws IOException {
        new ResultWriter(Value.literal(Map.of("Bucket", "b")), "COMPACT", false)
                .write(FRAME, objects, ARN, List.of(child("1", "SUCCEEDED", "é")));
        assertThat(text("run-7/manifest.json")).contains("\"Size\":6");
    }

    @Test
    void aStoreThatDoesNotTakeItFailsTheWriter() {
        assertThatExceptionOfType(StatesError.class)
                .isThrownBy(() -> new ResultWriter(Value.literal(Map.of("Bucket", "b")), "NONE", false)
                        .write(FRAME, ObjectStore.NONE, ARN, children()))
                .withMessage(
                        "States.ResultWriterFailed: This engine was given no object store to write s3://b/run-7/FAILED_0.json to");
    }
}
