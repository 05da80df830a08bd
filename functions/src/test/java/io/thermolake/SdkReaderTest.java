package io.thermolake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;

class SdkReaderTest {
    @ParameterizedTest
    @EnumSource(SdkReader.class)
    void eachTypeIsReadAsTheServiceSpellsIt(SdkReader reader) {
        Map<String, Object> json = Map.of(
                "Id",
                "jr_1",
                "Attempt",
                2L,
                "MaxCapacity",
                0.5,
                "StartedOn",
                1774922403.25,
                "Arguments",
                Map.of("--run_id", "run-1"),
                "PredecessorRuns",
                List.of(Map.of("JobName", "a")));

        JobRun run = (JobRun) reader.read(JobRun.builder(), "run", json);

        assertThat(run.id()).isEqualTo("jr_1");
        assertThat(run.attempt()).isEqualTo(2);
        assertThat(run.maxCapacity()).isEqualTo(0.5);
        assertThat(run.startedOn()).isEqualTo(Instant.parse("2026-03-31T02:00:03.250Z"));
        assertThat(run.arguments()).containsEntry("--run_id", "run-1");
        assertThat(run.predecessorRuns().get(0).jobName()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MaxResults   | 1.5         | strict, lenient | in.MaxResults must be a Integer but is 1.5",
                "MaxResults   | 3000000000  | strict, lenient | in.MaxResults must be a Integer",
                "MaxResults   | 'ten'       | strict, lenient | in.MaxResults must be a Integer but is ten",
                "DatabaseName | 7           | strict          | in.DatabaseName must be a String but is 7",
                "Segment      | 'none'      | strict, lenient | in.Segment must be an object but is none",
                "Other        | 1           | strict          | in has no member Other; it may have [",
            })
    void whatDoesNotFitIsNamed(String member, String value, String by, String message) {
        Object given = value.matches("[0-9.]+") ? (Object) number(value) : value;
        for (SdkReader reader : SdkReader.values()) {
            SdkPojo builder = GetPartitionsRequest.builder();
            if (by.contains(reader.name().toLowerCase(java.util.Locale.ROOT))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> reader.read(builder, "in", Map.of(member, given)))
                        .withMessageContaining(message);
            } else {
                reader.read(builder, "in", Map.of(member, given));
            }
        }
    }

    @Test
    void aServicePassesOverNull() {
        Map<String, Object> json = new HashMap<>();
        json.put("DatabaseName", null);

        assertThat(((GetPartitionsRequest) SdkReader.LENIENT.read(GetPartitionsRequest.builder(), "in", json))
                        .databaseName())
                .isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SdkReader.STRICT.read(GetPartitionsRequest.builder(), "in", json));
    }

    @Test
    void bytesAreBase64() {
        InvokeEndpointRequest request = (InvokeEndpointRequest)
                SdkReader.LENIENT.read(InvokeEndpointRequest.builder(), "in", Map.of("Body", "AQID"));

        assertThat(request.body().asByteArray()).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> SdkReader.LENIENT.read(InvokeEndpointRequest.builder(), "in", Map.of("Body", "*")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Number number(String text) {
        return text.contains(".") ? (Number) Double.valueOf(text) : Long.valueOf(text);
    }
}
