package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.InvalidDefinitionException;
import io.thermolake.asl.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a Wait waits; the clock starts at 2026-01-01T00:00:00Z. */
class DelayTest {
    private static final String PREFIX =
            "An error occurred while executing the state 'W' (entered at the event id #2). ";

    private static ExecutionResult run(Machines machines, String language, String fields, String input) {
        return machines.run(
                "{\"QueryLanguage\":\"" + language
                        + "\",\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"End\":true," + fields + "}}}",
                Json.parse(input));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            JSONPath => "Seconds":0 => 0
            JSONPath => "Seconds":90 => 90
            JSONPath => "Seconds":99999999 => 99999999
            JSONPath => "SecondsPath":"$.s" => 7
            JSONPath => "SecondsPath":"$.zero" => 0
            JSONPath => "SecondsPath":"$.most" => 99999999
            JSONPath => "SecondsPath":"States.MathAdd($.s, 1)" => 8
            JSONPath => "Timestamp":"2026-01-01T01:00:00Z" => 3600
            JSONPath => "Timestamp":"2026-01-01T02:00:00+01:00" => 3600
            JSONPath => "Timestamp":"2025-01-01T00:00:00Z" => 0
            JSONPath => "TimestampPath":"$.at" => 60
            JSONata => "Seconds":5 => 5
            JSONata => "Seconds":"{% $states.input.s * 2 %}" => 14
            JSONata => "Seconds":"{% 0 %}" => 0
            JSONata => "Timestamp":"2026-01-01T01:00:00Z" => 3600
            JSONata => "Timestamp":"{% $states.input.at %}" => 60
            """)
    void aWaitTakesItsTime(String language, String fields, long seconds) {
        Machines machines = new Machines();
        ExecutionResult result = run(
                machines, language, fields, "{\"s\":7,\"zero\":0,\"most\":99999999,\"at\":\"2026-01-01T00:01:00Z\"}");
        assertThat(result.status()).isEqualTo("SUCCEEDED");
        assertThat(machines.elapsed()).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            "SecondsPath":"$.half" => The SecondsPath parameter cannot be parsed as a long value: $.half == 1.5
            "SecondsPath":"$.text" => The SecondsPath parameter cannot be parsed as a long value: $.text == soon
            "SecondsPath":"$.less" => The SecondsPath parameter references a negative value: $.less == -1
            "SecondsPath":"$.no" => The SecondsPath parameter does not reference an input value: $.no
            "SecondsPath":"$.more" => Wait state delay is too long.
            "TimestampPath":"$.text" => The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.text == soon
            "TimestampPath":"$.half" => The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.half == 1.5
            "TimestampPath":"$.no" => The TimestampPath parameter does not reference an input value: $.no
            """)
    void whatIsNoDelayFailsTheStateInJsonPath(String fields, String cause) {
        assertThat(run(
                        new Machines(),
                        "JSONPath",
                        fields,
                        "{\"half\":1.5,\"text\":\"soon\",\"less\":-1,\"more\":100000000}"))
                .isEqualTo(new ExecutionResult.Failed("States.Runtime", PREFIX + cause));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            "Seconds":"{% 1.5 %}" => States.QueryEvaluationError => The JSONata expression '1.5' specified for the field 'Seconds' returned an unexpected result type. Expected 'integer', but was 'number' for value: 1.5
            "Seconds":"{% 'x' %}" => States.QueryEvaluationError => The JSONata expression ''x'' specified for the field 'Seconds' returned an unexpected result type. Expected 'integer', but was 'string' for value: "x"
            "Seconds":"{% -1 %}" => States.QueryEvaluationError => The JSONata expression '-1' specified for the field 'Seconds' returned an unexpected result type. Expected 'non-negative integer', but was 'number' for value: -1
            "Seconds":"{% 100000000 %}" => States.Runtime => Wait state delay is too long.
            "Timestamp":"{% 5 %}" => States.QueryEvaluationError => The JSONata expression '5' specified for the field 'Timestamp' returned an unexpected result type. Expected 'string', but was 'number' for value: 5
            "Timestamp":"{% 'soon' %}" => States.QueryEvaluationError => The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: soon
            """)
    void whatIsNoDelayFailsTheStateInJsonata(String fields, String error, String cause) {
        assertThat(run(new Machines(), "JSONata", fields, "{}"))
                .isEqualTo(new ExecutionResult.Failed(error, PREFIX + cause));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            "Seconds":1,"SecondsPath":"$.s" => There should only be one of the following fields
            "Comment":"c" => This object should have only one of the following fields
            "Seconds":100000000 => Maximum value is 99999999 at /States/W/Seconds
            "Seconds":-1 => Minimum value is 0 at /States/W/Seconds
            "Seconds":"1" => Expected value of type Integer at /States/W/Seconds
            "Timestamp":"2026-01-01" => String does not match RFC3339 timestamp at /States/W/Timestamp
            """)
    void whatIsNoDelayInTheDefinitionIsRefused(String fields, String message) {
        assertThatThrownBy(() -> run(new Machines(), "JSONPath", fields, "{}"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(message);
    }
}
