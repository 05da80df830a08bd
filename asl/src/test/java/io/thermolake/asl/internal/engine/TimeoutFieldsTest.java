package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutFieldsTest {
    @ParameterizedTest
    @CsvSource({"TimeoutSeconds, 0", "TimeoutSeconds, -1", "HeartbeatSeconds, 0"})
    void aTimeoutThatTurnsOutNotToBePositiveFailsTheState(String field, long seconds) {
        Machines machines = new Machines().task("arn:work", arguments -> "done");
        String machine = "\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Task\",\"Resource\":\"arn:work\",\"" + field
                + "\":\"{% $states.input.n %}\",\"End\":true}}";
        assertThat(machines.run(machine, Map.of("n", seconds)))
                .isInstanceOfSatisfying(
                        ExecutionResult.Failed.class,
                        failed -> assertThat(failed.cause())
                                .endsWith("specified for the field '" + field
                                        + "' returned an unexpected result type. Expected 'positive integer', but was"
                                        + " 'number' for value: " + seconds));
    }
}
