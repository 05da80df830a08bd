package io.thermolake.asl.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Some hundreds of random expressions, and what jsonata-js 2.2.2 answered to each: the JSON text that it prints, {@code undefined},
 * or its error's code. Numbers come from literals, the input, variables, functions and arithmetic, alone and in lists and objects.
 */
class JsonataReferenceTest {
    @Test
    void everyExpressionGivesWhatTheReferenceGave() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(JsonataReferenceTest.class.getResourceAsStream("/jsonata-js-2.2.2.jsonl")),
                UTF_8))) {
            List<Map<String, Object>> recorded =
                    lines.lines().map(line -> Json.object(Json.parse(line))).toList();
            assertThat(recorded)
                    .hasSizeGreaterThan(400)
                    .allSatisfy(each -> assertThat(answer(String.valueOf(each.get("expression")), each.get("input")))
                            .as("%s of %s", each.get("expression"), each.get("input"))
                            .isEqualTo(each.get("answer")));
        }
    }

    private static String answer(String expression, Object input) {
        ExecutionResult result = new Machines()
                .run(
                        "\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true,\"Output\":{\"r\":"
                                + Json.text("{% " + expression + " %}") + "}}}",
                        input);
        if (result instanceof ExecutionResult.Succeeded done) {
            return Json.text(Json.object(done.output()).get("r"));
        }
        String cause = String.valueOf(((ExecutionResult.Failed) result).cause());
        return cause.endsWith("returned nothing (undefined).")
                ? "undefined"
                : cause.replaceFirst("(?s).*threw an error during evaluation\\. (\\w{5}).*", "error $1");
    }
}
