package io.thermolake.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.detect.Forest;
import io.thermolake.fake.FakeForest;
import io.thermolake.fake.Lab;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForestsTest {
    private final Lab lab = new Lab();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aForestThatIsReadBackGivesTheSameScores(long seed) {
        Random random = new Random(seed);
        List<float[]> rows = IntStream.range(0, 600)
                .mapToObj(i -> new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat()})
                .toList();
        Forest forest = Forest.train(rows, 50, 128, seed);

        StoredForest.write(lab.store, "models/lab/v/forest.json", forest);

        double[] read = StoredForest.read(lab.store, "models/lab/v/forest.json").of(rows);
        double[] fresh = forest.of(rows);
        assertThat(IntStream.range(0, rows.size())
                        .mapToDouble(i -> Math.abs(read[i] - fresh[i]))
                        .max()
                        .orElseThrow())
                .as("seed %d", seed)
                .isZero();
    }

    @Test
    void whatIsNoForestIsNamed() {
        lab.store.put("models/lab/v/forest.json", "{\"trees\":1}");

        assertThatThrownBy(() -> StoredForest.read(lab.store, "models/lab/v/forest.json"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("s3://lake/models/lab/v/forest.json is no forest");
        assertThatThrownBy(() -> StoredForest.read(lab.store, "models/lab/w/forest.json"))
                .hasMessage("The forest s3://lake/models/lab/w/forest.json is missing; force a new training");
    }

    @Test
    void manyRowsAreAskedInPages() {
        FakeForest endpoint = new FakeForest(row -> row[0]);
        List<float[]> rows =
                IntStream.range(0, 4500).mapToObj(i -> new float[] {i, 1}).toList();

        double[] scores = new EndpointForest(endpoint, "tl-e", "models/lab/v/m.tar.gz").of(rows);

        assertThat(endpoint.calls)
                .hasSize(3)
                .allSatisfy(call -> assertThat(call.targetModel()).isEqualTo("lab/v/m.tar.gz"));
        assertThat(scores).hasSize(4500).startsWith(0, 1, 2).endsWith(4499);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"scores\":[{\"score\":1.0}]}                      | 1 scores for 2 rows",
                "{\"scores\":[{\"score\":1.0},{\"score\":-1.0}]}     | for row 2",
                "{\"scores\":[{\"score\":1.0},{\"score\":\"NaN\"}]}  | for row 2",
                "{\"scores\":[{\"score\":1.0},{}]}                   | for row 2",
                "{\"predictions\":[]}                                | JSON without scores",
                "<html>502</html>                                    | what is no JSON of scores: <html>502</html>",
                "''                                                  | JSON without scores",
            })
    void whatIsNoAnswerOfScoresIsNotTakenForOne(String answered, String told) {
        FakeForest endpoint = new FakeForest(row -> 1).answering(answered);

        assertThatThrownBy(() -> new EndpointForest(endpoint, "tl-e", "models/lab/v/m.tar.gz")
                        .of(Collections.nCopies(2, new float[] {1})))
                .isInstanceOf(PipelineException.class)
                .hasMessageStartingWith("The endpoint tl-e, asked for scores by lab/v")
                .hasMessageContaining(told);
    }

    @Test
    void aModelThatLiesElsewhereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EndpointForest(new FakeForest(row -> 1), "tl-e", "training/lab/m.tar.gz"))
                .withMessageContaining("lies under models/");
    }
}
