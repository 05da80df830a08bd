package io.thermolake.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperparametersTest {
    @ParameterizedTest
    @CsvSource({
        "0,     100, 256,  feature_dim must be from 1 to 10000 but is 0",
        "10001, 100, 256,  feature_dim must be from 1 to 10000 but is 10001",
        "1,     49,  256,  num_trees must be from 50 to 1000 but is 49",
        "1,     1001, 256, num_trees must be from 50 to 1000 but is 1001",
        "1,     100, 0,    num_samples_per_tree must be from 1 to 2048 but is 0",
        "1,     100, 2049, num_samples_per_tree must be from 1 to 2048 but is 2049",
    })
    void whatSageMakerWouldRefuseIsRefusedBeforeItCosts(int dim, int trees, int samples, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Hyperparameters(dim, trees, samples))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"1, 50, 1", "10000, 1000, 2048"})
    void itsLimitsAreAllowed(int dim, int trees, int samples) {
        assertThat(new Hyperparameters(dim, trees, samples).toMap())
                .isEqualTo(
                        Map.of("feature_dim", "" + dim, "num_trees", "" + trees, "num_samples_per_tree", "" + samples));
    }

    @Test
    void theNamesAreSageMakersOwn() {
        assertThat(new Hyperparameters(1, 100, 256).toMap())
                .containsOnlyKeys("feature_dim", "num_trees", "num_samples_per_tree");
    }
}
