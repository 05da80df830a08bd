package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForestTest {
    private static final int DAYS = 20;

    private final Training training = Series.training(DAYS, 1);
    private final RoomModel model = training.model();
    private final List<float[]> rows = training.rows(model);

    @Test
    void theSameRowsAndSeedMakeTheSameForestAndAnotherSeedAnother() {
        double[] scores = Forest.train(rows, 20, 64, 7).of(rows);
        assertThat(Forest.train(rows, 20, 64, 7).of(rows)).isEqualTo(scores);
        assertThat(Forest.train(rows, 20, 64, 8).of(rows)).isNotEqualTo(scores);
    }

    @Test
    void aStoredModelGivesExactlyTheSameVerdicts() {
        Forest forest = Forest.train(rows, 20, 64, 7);
        RoomModel with = training.withForest(model, forest.of(rows));
        Gson gson = new GsonBuilder().create();
        RoomModel stored = gson.fromJson(gson.toJson(with), RoomModel.class);
        TrainedDetector before = new TrainedDetector(with, forest);
        TrainedDetector after = new TrainedDetector(stored, Forest.fromState(forest.state()));
        double[] values = Series.values(DAYS + 3, 1, second -> second > (DAYS + 1) * Series.DAY ? 0.3 : 0);
        for (int i = 0; i < values.length; i++) {
            assertThat(after.next(Series.second(i), values[i])).isEqualTo(before.next(Series.second(i), values[i]));
        }
        assertThat(Forest.fromState(forest.state()).of(rows)).isEqualTo(forest.of(rows));
    }
}
