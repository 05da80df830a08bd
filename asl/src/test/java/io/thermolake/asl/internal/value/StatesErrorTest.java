package io.thermolake.asl.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.internal.path.PathException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatesErrorTest {
    @ParameterizedTest
    @CsvSource({
        "Mine, Mine, true",
        "Mine, mine, false",
        "Mine, States.ALL, true",
        "Mine, States.TaskFailed, true",
        "Mine, States.Timeout, false",
        "Mine, States.HeartbeatTimeout, false",
        "States.Timeout, States.Timeout, true",
        "States.Timeout, States.TaskFailed, false",
        "States.Timeout, States.HeartbeatTimeout, false",
        "States.Permissions, States.TaskFailed, true",
        "States.QueryEvaluationError, States.ALL, true",
        "States.Runtime, States.Runtime, false",
        "States.Runtime, States.ALL, false",
        "States.Runtime, States.TaskFailed, false",
        "States.DataLimitExceeded, States.ALL, true",
    })
    void whatARetriersOrCatchersNameMatches(String error, String name, boolean matches) {
        StatesError given = StatesError.given(error, "c");
        assertThat(given.matches(name)).isEqualTo(matches);
        assertThat(given.isFatal()).isEqualTo(error.equals("States.Runtime"));
    }

    @Test
    void aMissedHeartbeatIsATimeoutOfTwoNames() {
        StatesError missed = StatesError.timeout(true);
        assertThat(missed.error).isEqualTo("States.Timeout");
        assertThat(missed.cause).isNull();
        assertThat(missed.matches("States.HeartbeatTimeout")).isTrue();
        assertThat(missed.matches("States.Timeout")).isTrue();
        assertThat(missed.matches("States.TaskFailed")).isFalse();
        assertThat(missed.in("S", 2).matches("States.HeartbeatTimeout")).isTrue();
        assertThat(StatesError.timeout(false).matches("States.HeartbeatTimeout"))
                .isFalse();
    }

    @Test
    void theEnginesOwnErrorsSayWhereTheyHappened() {
        StatesError in = StatesError.runtime("Because.").in("S", 7);
        assertThat(in.error).isEqualTo("States.Runtime");
        assertThat(in.cause)
                .isEqualTo("An error occurred while executing the state 'S' (entered at the event id #7). Because.");
        assertThat(in.origin).isEqualTo(StatesError.Origin.GIVEN);
        assertThat(in.in("Outer", 1)).isSameAs(in);
        StatesError evaluation = StatesError.evaluation("Because.", "Output/a").in("S", 7);
        assertThat(evaluation.error).isEqualTo("States.QueryEvaluationError");
        assertThat(evaluation.location).isEqualTo("Output/a");
    }

    @Test
    void aTasksErrorStaysAsItIs() {
        StatesError given = StatesError.given("E", "C");
        assertThat(given.in("S", 7)).isSameAs(given).hasMessage("E: C");
        assertThat(StatesError.given("E", null)).hasMessage("E");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, States.Runtime",
        "INTRINSIC, States.IntrinsicFailure",
        "NO_PLACE, States.ResultPathMatchFailure"
    })
    void aPathsFailureHasANameByItsKind(PathException.Kind kind, String error) {
        StatesError failed = StatesError.path(new PathException(kind, "inner"), "outer");
        assertThat(failed.error).isEqualTo(error);
        assertThat(failed.cause).isEqualTo("outer");
        assertThat(failed.origin).isEqualTo(StatesError.Origin.STATE);
    }
}
