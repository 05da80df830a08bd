package io.thermolake.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundedRowsTest {
    private final List<float[]> asked = new ArrayList<>();
    private final RoundedRows forest = new RoundedRows(rows -> {
        asked.addAll(rows);
        return rows.stream().mapToDouble(row -> 1 + row[0]).toArray();
    });

    @Test
    void equalRowsAreAskedForOnceAndEachHasItsScore() {
        double[] scores = forest.of(List.of(row(0.5), row(0.25), row(0.5), row(0.5001), row(0.25)));

        assertThat(scores).containsExactly(1.5, 1.25, 1.5, 1.5, 1.25);
        assertThat(asked).hasSize(2);
        assertThat(forest.of(List.of(row(0.25), row(1)))).containsExactly(1.25, 2);
        assertThat(asked).as("and not in a later call").hasSize(3);
        assertThat(forest.of(List.of())).isEmpty();
    }

    @Test
    void aRowIsSeenToA256thOfWhatIsAllowed() {
        assertThat(RoundedRows.rounded(new float[] {0, 4, 1 / 256f, 0.0019f, 0.002f}))
                .containsExactly(0, 4, 1 / 256f, 0, 1 / 256f);
    }

    private static float[] row(double number) {
        return new float[] {(float) number, 1};
    }
}
