package io.thermolake.asl.teststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.Json;
import io.thermolake.asl.testing.Cases;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MockCheckTest {
    private static final String TASK =
            "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"End\":true}";
    private static final String PARALLEL =
            "{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}],\"End\":true}";
    /** Says what it was asked; without a StatusCode a STRICT result is refused. */
    private static final MockCheck MODEL = (resource, result, onlyPresent) -> {
        Object code = Json.object(result).get("StatusCode");
        if (code == null) {
            return onlyPresent ? null : "Required field 'StatusCode' of " + resource + " is missing";
        }
        return code instanceof Number ? null : "Field 'StatusCode' must be a number";
    };

    private static Map<String, Object> request(String result, String mode) {
        Map<String, Object> mock = new HashMap<>(Map.of("result", result));
        if (mode != null) {
            mock.put("fieldValidationMode", mode);
        }
        return Map.of("mock", mock);
    }

    private static String answer(String definition, Map<String, Object> request, MockCheck check) {
        try {
            return String.valueOf(TestStateRun.run(definition, request, resource -> null, check)
                    .get("status"));
        } catch (TestStateRun.Refused e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "- | {\"StatusCode\":\"200\"} | ValidationException: Mock result schema validation error: Field 'StatusCode' must be a number",
                "STRICT | {\"StatusCode\":\"200\"} | ValidationException: Mock result schema validation error: Field 'StatusCode' must be a number",
                "PRESENT | {\"StatusCode\":\"200\"} | ValidationException: Mock result schema validation error: Field 'StatusCode' must be a number",
                "NONE | {\"StatusCode\":\"200\"} | SUCCEEDED",
                "- | {} | ValidationException: Mock result schema validation error: Required field 'StatusCode' of arn:aws:states:::lambda:invoke is missing",
                "PRESENT | {} | SUCCEEDED",
                "STRICT | {\"StatusCode\":200} | SUCCEEDED",
                "strict | {\"StatusCode\":200} | ValidationException: fieldValidationMode must be one of [STRICT, PRESENT, NONE], not 'strict'",
            })
    void aMockedResultIsCheckedAsTheModeSays(String mode, String result, String expected) {
        assertThat(answer(TASK, request(result, mode), MODEL)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "- | SUCCEEDED",
                "NONE | SUCCEEDED",
                "STRICT | ValidationException: fieldValidationMode STRICT needs a model of the service, and this engine has none",
                "PRESENT | ValidationException: fieldValidationMode PRESENT needs a model of the service, and this engine has none",
            })
    void withoutAModelAModeThatAsksForOneIsRefused(String mode, String expected) {
        assertThat(answer(TASK, request("{\"StatusCode\":\"200\"}", mode), null))
                .isEqualTo(expected);
    }

    @Test
    void onlyATasksResultIsChecked() {
        MockCheck never = (resource, result, onlyPresent) -> "asked about " + resource;
        assertThat(answer(PARALLEL, request("[1]", "STRICT"), never)).isEqualTo("SUCCEEDED");
        Map<String, Object> error = Map.of("mock", Map.of("errorOutput", Map.of("error", "E", "cause", "c")));
        assertThat(answer(TASK, error, never)).isEqualTo("FAILED");
    }

    @Test
    void aResultThatIsNoJsonIsRefusedBeforeItIsChecked() {
        assertThatThrownBy(() -> TestStateRun.run(TASK, request("not JSON", null), resource -> null, MODEL))
                .isInstanceOf(TestStateRun.Refused.class)
                .hasMessage("Mocked result must be valid JSON");
    }

    @Test
    void aRecordedCaseThatAsksForACheckIsUnsupportedUntilSomebodyChecks() {
        Map<String, Object> recorded = Map.of(
                "id",
                "case",
                "api",
                "test_state",
                "definition",
                Json.parse(TASK),
                "request",
                request("{\"StatusCode\":\"200\"}", "PRESENT"));
        assertThat(Cases.run(recorded)).containsEntry("status", "UNSUPPORTED");
        assertThat(Cases.run(recorded, MODEL))
                .containsEntry("status", "REJECTED")
                .containsEntry("cause", "Mock result schema validation error: Field 'StatusCode' must be a number");
    }
}
