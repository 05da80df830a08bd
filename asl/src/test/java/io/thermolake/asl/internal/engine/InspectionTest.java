package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.internal.value.StatesError;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InspectionTest {
    private final Inspection.Answer answer = new Inspection.Answer(1L, null);
    private final Inspection inspection = new Inspection(Map.of("Execution", 1L), answer, 3);

    @Test
    void itHandsOutWhatItWasGiven() {
        assertThat(inspection.context()).isEqualTo(Map.of("Execution", 1L));
        assertThat(inspection.answer()).isSameAs(answer);
        assertThat(inspection.retriesBefore()).isEqualTo(3);
        assertThat(inspection.next()).isNull();
        assertThat(inspection.error()).isNull();
        assertThat(inspection.isRetriable()).isFalse();
        assertThat(inspection.data()).isEmpty();
        assertThat(inspection.errorDetails()).isEmpty();
    }

    @Test
    void itKeepsStepsAndTheNextState() {
        inspection.note("input", 1L);
        inspection.note("result", null);
        inspection.left("Next");
        assertThat(inspection.data())
                .containsExactly(Map.entry("input", 1L), new java.util.AbstractMap.SimpleEntry<>("result", null));
        assertThat(inspection.next()).isEqualTo("Next");
    }

    @Test
    void aRetrierThatTriesAgainSaysWhenInWholeSecondsRoundedUp() {
        inspection.retried(1, 2.25);
        assertThat(inspection.isRetriable()).isTrue();
        assertThat(inspection.errorDetails()).isEqualTo(Map.of("retryIndex", 1L, "retryBackoffIntervalSeconds", 3L));
    }

    @Test
    void anExhaustedRetrierOnlySaysWhichItWas() {
        inspection.retried(0, null);
        assertThat(inspection.isRetriable()).isFalse();
        assertThat(inspection.errorDetails()).isEqualTo(Map.of("retryIndex", 0L));
    }

    @Test
    void aCatcherIsKeptWithItsError() {
        StatesError error = StatesError.given("E", "why");
        inspection.caught(2, error);
        assertThat(inspection.error()).isSameAs(error);
        assertThat(inspection.errorDetails()).isEqualTo(Map.of("catchIndex", 2L));
    }
}
