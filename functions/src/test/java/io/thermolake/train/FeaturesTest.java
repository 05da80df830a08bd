package io.thermolake.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {
    @Test
    void theTrainingRowsHaveNoHeaderAndReadBackAsTheyWere() {
        String csv = Features.csv(List.of(
                new RoomReading("2026-03-01 00:00:00", 21.5),
                new RoomReading("2026-03-01 00:01:00", -0.1),
                new RoomReading("2026-03-01 00:02:00", 1e-7)));

        assertThat(csv).isEqualTo("21.5\n-0.1\n1.0E-7\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatComesLaterChangesNoRow(long seed) {
        List<RoomReading> readings = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            readings.add(new RoomReading("2026-03-01 00:%02d:00".formatted(i), random.nextDouble()));
        }

        for (int n = 0; n <= readings.size(); n++) {
            assertThat(Features.csv(readings))
                    .as("seed %d, first %d", seed, n)
                    .startsWith(Features.csv(readings.subList(0, n)));
        }
    }

    @Test
    void aRowHasAsManyNumbersAsThereAreNames() {
        assertThat(new Features().next(new RoomReading("2026-03-01 00:00:00", 21.5)))
                .hasSize(Features.NAMES.size());
        assertThat(Features.line(new double[] {1, 2.5})).isEqualTo("1.0,2.5");
    }
}
