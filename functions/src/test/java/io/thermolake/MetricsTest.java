package io.thermolake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Clock WALL = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();

    @Test
    void aLineIsWhatCloudWatchsSpecificationAsksFor() {
        new Metrics("thermolake-dev", WALL, lines::add)
                .put("run-1", Map.of(Metrics.Name.RunFinished, 1, Metrics.Name.QuarantineRatio, 0.25));

        assertThat(lines).singleElement().asString().doesNotContain("\n");
        JsonObject line = JsonParser.parseString(lines.get(0)).getAsJsonObject();
        assertThat(line.get("RunFinished").getAsInt()).isEqualTo(1);
        assertThat(line.get("QuarantineRatio").getAsDouble()).isEqualTo(0.25);
        assertThat(line.get("Stack").getAsString()).isEqualTo("thermolake-dev");
        assertThat(line.getAsJsonObject("_aws")).isEqualTo(JsonParser.parseString("""
                        {"Timestamp": %d, "CloudWatchMetrics": [{"Namespace": "Thermolake", "Dimensions": [["Stack"]],
                          "Metrics": [{"Name": "RunFinished", "Unit": "Count"}, {"Name": "QuarantineRatio", "Unit": "None"}]}]}
                        """.formatted(WALL.millis())));
    }

    @Test
    void everyDeclaredMetricHasAValueAndEveryDimensionToo() {
        Metrics metrics = new Metrics("s", WALL, lines::add);
        for (Metrics.Name name : Metrics.Name.values()) {
            metrics.put("run-1", Map.of(name, 3));
        }

        assertThat(lines).hasSameSizeAs(Metrics.Name.values()).allSatisfy(text -> {
            JsonObject line = JsonParser.parseString(text).getAsJsonObject();
            JsonObject directive = line.getAsJsonObject("_aws")
                    .getAsJsonArray("CloudWatchMetrics")
                    .get(0)
                    .getAsJsonObject();
            directive
                    .getAsJsonArray("Metrics")
                    .forEach(metric -> assertThat(line.has(
                                    metric.getAsJsonObject().get("Name").getAsString()))
                            .isTrue());
            directive
                    .getAsJsonArray("Dimensions")
                    .get(0)
                    .getAsJsonArray()
                    .forEach(dimension ->
                            assertThat(line.has(dimension.getAsString())).isTrue());
        });
    }
}
