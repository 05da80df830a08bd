package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedrivesTest {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "FAILED,    2026-11-24T00:00:00Z, 2026-11-24T00:00:01Z, true,  10,    -",
                "ABORTED,   2026-11-24T00:00:00Z, 2026-11-24T00:00:01Z, true,  10,    -",
                "TIMED_OUT, 2026-11-24T00:00:00Z, 2026-11-24T00:00:01Z, true,  10,    -",
                "RUNNING,   2026-11-24T00:00:00Z, -,                    true,  10,    Execution is RUNNING and cannot be redriven",
                "SUCCEEDED, 2026-11-24T00:00:00Z, 2026-11-24T00:00:01Z, true,  10,    Execution is SUCCEEDED and cannot be redriven",
                "FAILED,    2026-11-24T00:00:00Z, 2026-11-24T00:00:01Z, false, 10,    State machine is in DELETING status",
                "FAILED,    2026-11-10T00:00:00Z, 2026-11-10T23:59:59Z, true,  10,    Execution redrivable period exceeded",
                "FAILED,    2026-11-10T00:00:00Z, 2026-11-11T00:00:00Z, true,  10,    -",
                "FAILED,    2025-11-24T00:00:00Z, 2026-11-24T00:00:01Z, true,  10,    Execution has exceeded the max execution time",
                "FAILED,    2026-11-24T00:00:00Z, 2026-11-24T00:00:01Z, true,  24999, Execution history event limit exceeded",
                "FAILED,    2026-11-24T00:00:00Z, 2026-11-24T00:00:01Z, true,  24998, -",
            })
    void whatCannotBeRedrivenSaysWhy(
            String status, Instant started, Instant stopped, boolean machine, int events, String reason) {
        ExecutionRecord execution = new ExecutionRecord(
                "a", "n", "m", "{}", status, null, null, null, started, stopped, 0, null, null, null, null);
        assertThat(Redrives.reason(execution, NOW, machine, () -> events)).isEqualTo(reason);
    }
}
