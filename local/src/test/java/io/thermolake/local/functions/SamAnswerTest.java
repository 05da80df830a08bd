package io.thermolake.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers are those that sam local 1.170 gave, by curl. */
class SamAnswerTest {
    private static final SamAnswer ANSWER =
            new SamAnswer(URI.create("http://127.0.0.1:3001"), "PlanRunFunction", "id-1", 600);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | false | 2   | {\"deleted\": []}                                                    |",
                "200 | false | 2   | null                                                                 |",
                "200 | false | 2   | {\"errorType\": \"an answer of ours\", \"rooms\": 3}                 |",
                "200 | true  | 2   | {\"errorMessage\": \"m\", \"errorType\": \"a.B\", \"stackTrace\": []} | a.B",
                "200 | false | 2   | {\"errorMessage\": \"m\", \"errorType\": \"a.B\", \"cause\": {}}      | a.B",
                "200 | true  | 2   | {\"errorType\": \"Runtime.ExitError\", \"errorMessage\": \"m\"}       | Runtime.ExitError",
                "200 | true  | 2   | {\"errorMessage\": \"no type\"}                                      | Lambda.Unknown",
                "200 | false | 600 | Task timed out after 600.00 seconds                                  | Sandbox.Timedout",
                "200 | false | 2   | ''                                                                   | Lambda.Unknown",
                "200 | false | 2   | {half                                                                | Lambda.Unknown",
                "200 | false | 2   | oops                                                                 | Lambda.Unknown",
                "404 | false | 0   | {\"Type\": \"User\", \"Message\": \"Function not found: x\"}           | Lambda.ResourceNotFoundException",
                "500 | false | 2   | {\"Type\": \"Service\", \"Message\": \"ServiceException\"}             | Lambda.ServiceException",
                "500 | false | 600 | {\"Type\": \"Service\", \"Message\": \"ServiceException\"}             | Sandbox.Timedout",
                "501 | false | 1   | {\"Type\": \"LocalService\", \"Message\": \"no image\"}                | Lambda.ServiceException",
            })
    void anAnswerGetsTheErrorNameThatStepFunctionsGives(
            int status, boolean functionError, int seconds, String body, @Nullable String errorType) {
        Invocation invocation = ANSWER.of(status, functionError, body, Duration.ofSeconds(seconds));

        assertThat(invocation.errorType()).isEqualTo(errorType);
    }

    @Test
    void anAnswerAndAnErrorArePassedOnAsTheyAre() {
        String error = "{\"errorMessage\":\"m\",\"errorType\":\"a.B\",\"stackTrace\":[\"x\"]}";

        assertThat(ANSWER.of(200, false, "{\"n\":1.50}", Duration.ZERO).payload())
                .hasToString("{\"n\":1.50}");
        assertThat(ANSWER.of(200, true, error, Duration.ZERO).payload()).hasToString(error);
    }

    @Test
    void aTimeoutReadsAsLambdasOwn() {
        assertThat(ANSWER.of(200, false, "Task timed out after 600.00 seconds", Duration.ofSeconds(600))
                        .payload())
                .hasToString(
                        "{\"errorMessage\":\"RequestId: id-1 Error: Task timed out after 600.00 seconds\",\"errorType\":\"Sandbox.Timedout\"}");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new CompletionException(new ConnectException("refused")), "Lambda.SdkClientException"),
                Arguments.of(new IOException("reset"), "Lambda.SdkClientException"),
                Arguments.of(new HttpConnectTimeoutException("no connection"), "Lambda.SdkClientException"),
                Arguments.of(new CompletionException(new HttpTimeoutException("no answer")), "Sandbox.Timedout"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void noAnswerIsAFailureOfTheClientOrATimeout(Throwable failure, String errorType) {
        assertThat(ANSWER.of(failure).errorType()).isEqualTo(errorType);
    }
}
