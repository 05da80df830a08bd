package io.thermolake.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to TestState that make no sense. */
class StateTestRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "arn:aws:states:::sqs:sendMessage | {'mock':{'result':'1','errorOutput':{}}} | only one of result and errorOutput",
                "arn:aws:states:::states:startExecution.sync:2 | {} | only when a mock is specified",
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken | {} | only when a mock is specified",
                "arn:aws:states:us-east-1:111111111111:activity:a | {} | only when a mock is specified",
            })
    void isRefusedWithAReason(String resource, String request, String reason) {
        String state = "{\"Type\":\"Task\",\"Resource\":\"" + resource + "\",\"End\":true}";
        Map<String, Object> members = Json.object(Json.parse(request.replace('\'', '"')));
        assertThatThrownBy(() -> StateTest.run(state, members, name -> null))
                .isInstanceOfSatisfying(
                        StateTest.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("ValidationException"))
                .hasMessageContaining(reason);
    }
}
