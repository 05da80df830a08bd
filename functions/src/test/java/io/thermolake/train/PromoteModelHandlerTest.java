package io.thermolake.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thermolake.PipelineException;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeForest;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.train.PromoteModelHandler.Answer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromoteModelHandlerTest {
    private static final String VERSION = "20260331T000000Z-1a2b3c4d";

    private final Lab lab = new Lab();

    @Test
    void theThresholdIsLearnedFromTheScoresOfTheTrainingRows() {
        rows(4000);
        FakeForest forest = new FakeForest(row -> row % 2);

        Answer answer = promote(forest, "run-1");

        // Half of the scores are 0 and half are 1: mean 0.5, deviation 0.5.
        assertThat(answer).isEqualTo(new Answer(VERSION, true, "the room's first model", 2.0));
        ModelCard card = lab.store
                .read(LakeLayout.modelCard("lab", VERSION), ModelCard.class)
                .orElseThrow()
                .value();
        assertThat(card.scores()).isEqualTo(new ScoreStatistics(0.5, 0.5, 4000, 1));
        assertThat(card.readings()).isEqualTo(4000);
        assertThat(card.thresholdMethod()).isEqualTo("mean + 3 standard deviations of the training scores");
        assertThat(card.artifact()).isEqualTo("models/lab/" + VERSION + "/tl-1/output/model.tar.gz");
        assertThat(lab.store
                        .read(LakeLayout.currentModel("lab"), CurrentModel.class)
                        .orElseThrow()
                        .value())
                .isEqualTo(new CurrentModel(VERSION, 2.0, card.artifact(), "run-1"));
        assertThat(forest.calls).hasSize(2).allSatisfy(call -> {
            assertThat(call.targetModel()).isEqualTo("lab/" + VERSION + "/tl-1/output/model.tar.gz");
            assertThat(call.contentType()).isEqualTo("text/csv");
            assertThat(call.endpointName()).isEqualTo("tl-e");
        });
    }

    @Test
    void ofManyRowsABoundedSampleIsScored() {
        rows(100_000);
        FakeForest forest = new FakeForest(row -> row);

        promote(forest, "run-1");

        assertThat(forest.calls).hasSize(5);
        ModelCard card = lab.store
                .read(LakeLayout.modelCard("lab", VERSION), ModelCard.class)
                .orElseThrow()
                .value();
        assertThat(card.readings()).isEqualTo(100_000);
        assertThat(card.scores().count()).isEqualTo(10_000);
        assertThat(card.scores().mean()).isCloseTo(50_000, within(10.0));
    }

    @Test
    void promotedTwiceByTheSameRunItIsPromoted() {
        rows(10);
        promote(new FakeForest(row -> 1), "run-1");
        FakeForest again = new FakeForest(row -> 2);

        assertThat(promote(again, "run-1")).isEqualTo(new Answer(VERSION, true, "promoted by this run already", 1.0));
        assertThat(again.calls).as("the threshold is learned once").isEmpty();
    }

    @Test
    void aNewerModelInUseStays() {
        rows(10);
        CurrentModel newer = new CurrentModel("20260401T000000Z-99999999", 5, "models/lab/y", "run-9");
        lab.store.put(LakeLayout.currentModel("lab"), newer);

        assertThat(promote(new FakeForest(row -> 1), "run-1").promoted()).isFalse();
        assertThat(lab.store
                        .read(LakeLayout.currentModel("lab"), CurrentModel.class)
                        .orElseThrow()
                        .value())
                .isEqualTo(newer);
    }

    @Test
    void withoutItsTrainingRowsThereIsNoThreshold() {
        assertThatThrownBy(() -> promote(new FakeForest(row -> 1), "run-1"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("s3://lake/training/lab/" + VERSION + "/features.csv are missing");
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
        rows(2);

        assertThatThrownBy(() -> promote(new FakeForest(row -> 1).answering(answered), "run-1"))
                .isInstanceOf(PipelineException.class)
                .hasMessageStartingWith("The endpoint tl-e, asked for scores by lab/" + VERSION)
                .hasMessageContaining(told);
        assertThat(lab.store.text(LakeLayout.currentModel("lab"))).isEmpty();
    }

    @Test
    void withoutAnArtifactThereIsNoModel() {
        rows(2);
        lab.store.delete(LakeLayout.model("lab", VERSION) + "tl-1/output/model.tar.gz");

        assertThatThrownBy(() -> promote(new FakeForest(row -> 1), "run-1"))
                .isInstanceOf(PipelineException.class)
                .hasMessage("No training job left a model under s3://lake/models/lab/" + VERSION + "/; train it again");
    }

    private void rows(int number) {
        lab.store.put(LakeLayout.model("lab", VERSION) + "tl-1/output/model.tar.gz", "a forest");
        lab.store.put(
                LakeLayout.trainingFeatures("lab", VERSION),
                IntStream.range(0, number).mapToObj(i -> i + ".0\n").collect(Collectors.joining()));
    }

    private Answer promote(FakeForest forest, String runId) {
        return new PromoteModelHandler(Lab.settings(), forest, lab.s3)
                .handleRequest(
                        new PromoteModelHandler.Request(Lab.run(runId), "lab", VERSION, "tl-e"), new FakeContext());
    }
}
