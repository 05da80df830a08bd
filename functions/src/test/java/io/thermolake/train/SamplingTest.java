package io.thermolake.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {
    @Test
    void theRowsLieAtEvenDistances() {
        assertThat(Sampling.even(rows(10), 5)).containsExactly(0, 2, 4, 6, 8);
        assertThat(Sampling.even(rows(10), 3)).containsExactly(0, 3, 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void fewRowsAreAllTaken(int rows) {
        assertThat(Sampling.even(rows(rows), 5)).isEqualTo(rows(rows));
    }

    private static List<Integer> rows(int number) {
        return IntStream.range(0, number).boxed().toList();
    }
}
