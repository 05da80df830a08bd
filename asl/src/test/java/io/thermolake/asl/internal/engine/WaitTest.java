package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitTest {
    private static final String UNTIL = "\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Timestamp\":"
            + "\"{% $states.input.until %}\",\"End\":true}}";
    private final Machines machines = new Machines();

    @Test
    void aTimestampIsCutToWholeSeconds() {
        machines.run(UNTIL, Map.of("until", "2026-01-01T00:00:07.999Z"));
        assertThat(machines.elapsed()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aTimestampOfAnotherCenturyIsTooLongADelay() {
        assertThat(machines.run(UNTIL, Map.of("until", "3026-01-01T00:00:00Z")))
                .isInstanceOfSatisfying(
                        ExecutionResult.Failed.class,
                        failed -> assertThat(failed.cause()).endsWith("Wait state delay is too long."));
    }
}
