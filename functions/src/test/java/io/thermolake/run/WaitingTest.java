package io.thermolake.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {
    private static final Instant DEADLINE = Instant.parse("2026-03-31T03:00:00Z");

    private final List<String> stopped = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "2026-03-31T02:59:59.999999999Z, false",
        "2026-03-31T03:00:00Z,           true",
        "2026-03-31T03:00:00.000000001Z, true",
    })
    void atTheDeadlineItselfWhatRunsIsLate(Instant now, boolean late) {
        List<Handle> handles = List.of(handle("a", DEADLINE));

        if (late) {
            assertThatThrownBy(() -> ask(now, handles))
                    .isInstanceOf(PipelineException.class)
                    .hasMessage("a");
            assertThat(stopped).containsExactly("all");
        } else {
            assertThat(ask(now, handles)).isEqualTo(Progress.running(handles));
            assertThat(stopped).isEmpty();
        }
    }

    @Test
    void ofSeveralTheFirstThatIsLateIsToldAndAllAreStoppedOnce() {
        List<Handle> handles =
                List.of(handle("a", DEADLINE.plusSeconds(1)), handle("b", DEADLINE), handle("c", DEADLINE));

        assertThatThrownBy(() -> ask(DEADLINE, handles)).hasMessage("b");
        assertThat(stopped).containsExactly("all");
    }

    private Progress ask(Instant now, List<Handle> handles) {
        return new Waiting(Clock.fixed(now, ZoneOffset.UTC))
                .goesOn(handles, () -> stopped.add("all"), late -> new PipelineException(late.name()));
    }

    private static Handle handle(String name, Instant deadline) {
        return new Handle(Handle.Kind.QUERY, name, name, DEADLINE.minusSeconds(60), deadline);
    }
}
