package io.thermolake.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thermolake.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CostReportTest {
    private static final Pattern COUNTED = Pattern.compile("\\badd\\(\\s*\"([A-Z][\\w ]*)\",\\s*\"([^\"]+)\"");

    private final PriceList prices = PriceList.read();

    @Test
    void everyUnitThatTheCloudCountsHasAPriceInEveryRegion() throws IOException {
        Set<String> counted = new TreeSet<>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher m = COUNTED.matcher(Files.readString(file));
                while (m.find()) {
                    counted.add(m.group(1) + "|" + m.group(2));
                }
            }
        }

        assertThat(counted).contains("IoT Core|message", "Firehose|GB", "SageMaker training|instance-hour");
        assertThat(prices.regions()).containsKey(Stack.REGION);
        prices.regions()
                .keySet()
                .forEach(region -> assertThat(counted)
                        .allSatisfy(key -> assertThat(prices.price(
                                        region,
                                        key.substring(0, key.indexOf('|')),
                                        key.substring(key.indexOf('|') + 1)))
                                .isPresent()));
    }

    @Test
    void everyPriceNamesThePageThatItIsFrom() {
        prices.regions()
                .values()
                .forEach(list -> assertThat(list)
                        .allSatisfy(price -> assertThat(prices.sources().get(price.service()))
                                .as(price.service())
                                .startsWith("https://aws.amazon.com/")));
    }

    @Test
    void theInstancePricesAreForTheTemplatesInstances() throws IOException {
        String template = Files.readString(Path.of("../template.yaml"));

        for (String parameter : List.of("TrainingInstanceType", "EndpointInstanceType")) {
            assertThat(template)
                    .containsPattern(
                            parameter + ":\\s+Type: String\\s+Default: " + Pattern.quote(prices.instanceType()));
        }
    }

    @Test
    void whatGrewIsPaidFor() {
        List<CostReport.Line> lines = CostReport.of(
                Map.of("Lambda|request", 5.0, "Glue|DPU-hour", 1.0),
                Map.of("Lambda|request", 1_000_005.0, "Glue|DPU-hour", 1.0, "Athena|TB scanned", 0.5),
                prices,
                "us-east-1");

        assertThat(lines).extracting(CostReport.Line::service).containsExactly("Athena", "Lambda");
        assertThat(lines.get(0).usd()).isEqualTo(2.5);
        assertThat(lines.get(1).quantity()).isEqualTo(1_000_000);
        assertThat(lines.get(1).usd()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void aUnitWithoutAPriceIsNotLeftOutSilently() {
        assertThatThrownBy(() -> CostReport.of(Map.of(), Map.of("Quantum|qubit", 1), prices, "us-east-1"))
                .hasMessageContaining("Quantum, qubit");
    }
}
