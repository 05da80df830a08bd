package io.thermolake.local.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.detect.Forest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForestTest {
    private static final int TREES = 100;
    private static final int SAMPLES = 256;
    private static final ForestParameters USUAL = new ForestParameters(1, TREES, SAMPLES);

    private static List<float[]> month(long seed) {
        Random random = new Random(seed);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < 43_200; i++) {
            double value = 20 + 2 * Math.sin(i / 1440.0 * 2 * Math.PI) + 0.2 * random.nextGaussian();
            rows.add(new float[] {Math.round(value * 100) / 100f});
        }
        return rows;
    }

    @Test
    void theSameRowsMakeTheSameArtifactByteForByte() {
        List<float[]> rows = month(1);

        byte[] first = new ModelArtifact(USUAL, Forest.train(rows, TREES, SAMPLES, 7)).toBytes();
        byte[] second = new ModelArtifact(USUAL, Forest.train(rows, TREES, SAMPLES, 7)).toBytes();
        byte[] other = new ModelArtifact(USUAL, Forest.train(rows, TREES, SAMPLES, 8)).toBytes();

        assertThat(first).isEqualTo(second).isNotEqualTo(other);
    }

    @Test
    void aLoadedForestScoresAsTheTrainedOneInAnyNumberOfThreads() throws IOException {
        List<float[]> rows = month(2);
        Forest forest = Forest.train(rows, TREES, SAMPLES, 7);
        double[] expected = rows.stream().limit(2000).mapToDouble(forest::score).toArray();

        LoadedModel loaded = new LoadedModel(ModelArtifact.of(new ModelArtifact(USUAL, forest).toBytes()));

        for (int round = 0; round < 3; round++) {
            assertThat(loaded.score(rows.subList(0, 2000))).isEqualTo(expected);
        }
        Forest again =
                ModelArtifact.of(new ModelArtifact(USUAL, forest).toBytes()).forest();
        assertThat(IntStream.range(0, 2000)
                        .parallel()
                        .mapToDouble(i -> again.score(rows.get(i)))
                        .toArray())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void aValueFarFromAllOthersScoresFarAboveThem(long seed) {
        List<float[]> rows = month(seed);
        Forest forest = Forest.train(rows, TREES, SAMPLES, seed);

        double usual =
                rows.stream().limit(1000).mapToDouble(forest::score).average().orElseThrow();

        assertThat(usual).as("seed %d", seed).isBetween(0.5, 1.5);
        assertThat(forest.score(new float[] {40})).as("seed %d", seed).isGreaterThan(3 * usual);
    }

    @Test
    void aRoomsMonthIsTrainedAndScoredWithinSeconds() {
        List<float[]> rows = month(3);

        long start = System.nanoTime();
        Forest forest = Forest.train(rows, TREES, SAMPLES, 1);
        long trained = System.nanoTime();
        new LoadedModel(new ModelArtifact(USUAL, forest)).score(rows);
        long scored = System.nanoTime();

        System.out.printf("train %d ms, score %d ms%n", (trained - start) / 1_000_000, (scored - trained) / 1_000_000);
        assertThat(scored - start).isLessThan(20_000_000_000L);
    }

    @Test
    void fewerRowsThanTheTreesWouldShareStillMakeAForest() {
        List<float[]> rows = month(4).subList(0, 300);

        Forest forest = Forest.train(rows, TREES, SAMPLES, 1);

        assertThat(forest.score(new float[] {40})).isGreaterThan(forest.score(rows.get(5)));
        assertThat(Forest.train(rows.subList(0, 1), TREES, SAMPLES, 1).score(new float[] {1}))
                .isNotNegative();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "1     | 100  | 256  | -",
                "10000 | 50   | 1    | -",
                "1     | 1000 | 2048 | -",
                "0     | 100  | 256  | 0 for feature_dim is less than the minimum of 1",
                "10001 | 100  | 256  | 10001 for feature_dim is greater than the maximum of 10000",
                "1     | 49   | 256  | 49 for num_trees is less than the minimum of 50",
                "1     | 1001 | 256  | 1001 for num_trees is greater than the maximum of 1000",
                "1     | 100  | 0    | 0 for num_samples_per_tree is less than the minimum of 1",
                "1     | 100  | 2049 | 2049 for num_samples_per_tree is greater than the maximum of 2048",
                "1     | many | 256  | 'many' is not valid for num_trees: an integer is expected",
            })
    void hyperparametersKeepSageMakersLimits(String dim, String trees, String samples, String error) {
        Map<String, String> all = Map.of("feature_dim", dim, "num_trees", trees, "num_samples_per_tree", samples);

        if (error == null) {
            assertThat(ForestParameters.of(all).numTrees()).isEqualTo(Integer.parseInt(trees));
        } else {
            assertThatThrownBy(() -> ForestParameters.of(all))
                    .isInstanceOf(ClientError.class)
                    .hasMessageContaining(error);
        }
    }

    @Test
    void featureDimIsRequiredAndUnknownHyperparametersAreRefused() {
        assertThatThrownBy(() -> ForestParameters.of(Map.of("num_trees", "100")))
                .hasMessageContaining("'feature_dim' is a required hyperparameter");
        assertThatThrownBy(() -> ForestParameters.of(Map.of("feature_dim", "1", "depth", "3")))
                .hasMessageContaining("depth was unexpected");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "temperature\\n20.0 | Row 1 of x: could not convert string to float: 'temperature'; a header row is not allowed",
                "20.0\\n21,1        | Row 2 of x has 2 values, but feature_dim is 1",
                "20.0\\nNaN         | Row 2 of x: NaN is no finite number",
                "20.0\\nwarm        | Row 2 of x: could not convert string to float: 'warm'",
            })
    void aRowThatIsNoneIsNamed(String csv, String error) {
        assertThatThrownBy(() -> FeatureRows.parse(csv.replace("\\n", "\n"), 1, "x"))
                .isInstanceOf(ClientError.class)
                .hasMessageContaining(error);
    }

    @Test
    void whatIsNoArtifactIsRefused() throws IOException {
        byte[] foreign = TarGz.of("model_algo-1", new byte[] {1, 2, 3});

        assertThatThrownBy(() -> ModelArtifact.of(foreign)).hasMessageContaining("there is no forest.json in it");
        assertThatThrownBy(() -> ModelArtifact.of(new byte[] {1, 2, 3})).isInstanceOf(IOException.class);
    }
}
