package io.thermolake.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.RecordJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelCardTest {
    private static String text(List<String> order) {
        Map<String, String> hyperparameters = new LinkedHashMap<>();
        order.forEach(name -> hyperparameters.put(name, "1"));
        ModelCard card = new ModelCard(
                "lab",
                "v",
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                List.of("temperature"),
                hyperparameters,
                "a",
                1,
                "m",
                new ScoreStatistics(1, 0, 1, 1));
        return RecordJson.gson().toJson(card);
    }

    @Test
    void theSameModelHasTheSameTextInWhateverOrderItsParametersCame() {
        assertThat(text(List.of("num_trees", "feature_dim", "num_samples_per_tree")))
                .isEqualTo(text(List.of("num_samples_per_tree", "num_trees", "feature_dim")));
    }
}
