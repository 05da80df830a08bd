package io.thermolake.model.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeForest;
import io.thermolake.fake.FakeSageMaker;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.ModelCard;
import io.thermolake.model.Recipes;
import io.thermolake.model.ScoreStatistics;
import io.thermolake.model.promotion.PromoteModelHandler.Answer;
import io.thermolake.model.training.StartTrainingHandler;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromoteModelHandlerTest {
    private static final String NEWER = "20260430T000000Z-99999999";
    private static final Instant BY_HAND = Instant.parse("2026-05-02T08:00:00Z");

    private final Lab lab = new Lab();
    private final FakeForest forest = new FakeForest(row -> 1 + row[0] / 10);
    private String version = "";

    @BeforeEach
    void aLabThatWasTrained() {
        lab.days(30, "run-1").commit("run-1");
        version = train(Map.of());
        lab.store.put(LakeLayout.model("lab", version) + "tl-1/output/model.tar.gz", "a forest");
    }

    @Test
    void theForestsLimitIsLearnedFromTheScoresOfAllTrainingRows() {
        Answer answer = promote(forest, "run-1");
        assertThat(answer.promoted()).isTrue();
        assertThat(answer.reason()).startsWith("the room's first model; 0 alarms in 7.0 days");

        ModelCard card = card();
        assertThat(card.scores().count()).isEqualTo(14 * 144);
        assertThat(card.recipe().learned().rows()).isEqualTo(14 * 144);
        assertThat(card.model().forestAllowed())
                .isGreaterThanOrEqualTo(card.scores().max());
        assertThat(card.model().allowed())
                .isEqualTo(card.recipe().rules().limits().allowed());
        assertThat(card.thresholdMethod()).isEqualTo("0.7 false alarms a sensor-month");
        assertThat(card.artifact()).isEqualTo("models/lab/" + version + "/tl-1/output/model.tar.gz");
        assertThat(lab.store
                        .read(LakeLayout.currentModel("lab"), CurrentModel.class)
                        .orElseThrow()
                        .value())
                .isEqualTo(new CurrentModel(version, card.artifact(), "run-1", Lab.NOW, answer.reason(), List.of()));
        assertThat(forest.calls).isNotEmpty().allSatisfy(call -> {
            assertThat(call.targetModel()).isEqualTo("lab/" + version + "/tl-1/output/model.tar.gz");
            assertThat(call.contentType()).isEqualTo("text/csv");
            assertThat(call.endpointName()).isEqualTo("tl-e");
        });
    }

    @Test
    void byDeviationsTheForestsLimitLiesAboveTheMeanOfItsScores() {
        version = train(Map.of("THRESHOLD_METHOD", "deviations", "THRESHOLD_DEVIATIONS", "2"));
        lab.store.put(LakeLayout.model("lab", version) + "tl-1/output/model.tar.gz", "a forest");

        promote(forest, "run-1");

        ScoreStatistics scores = card().scores();
        assertThat(card().model().forestAllowed()).isEqualTo(scores.mean() + 2 * scores.stddev());
    }

    @Test
    void anEmbeddedForestNeedsNoEndpoint() {
        version = train(Map.of("DETECTOR", "embedded", "NUM_TREES", "50"));

        Answer answer = handler(forest)
                .handleRequest(
                        new PromoteModelHandler.Request(Lab.run("run-1"), "lab", version, "", null), new FakeContext());

        assertThat(answer.promoted()).isTrue();
        assertThat(card().artifact()).isEqualTo("models/lab/" + version + "/forest.json");
        assertThat(card().scores().mean()).isBetween(0.5, 1.5);
        assertThat(forest.calls).isEmpty();
    }

    @Test
    void sageMakersForestNeedsAnEndpoint() {
        assertThatThrownBy(() -> handler(forest)
                        .handleRequest(
                                new PromoteModelHandler.Request(Lab.run("run-1"), "lab", version, null, null),
                                new FakeContext()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("this run has no endpoint to ask it");
    }

    @Test
    void promotedTwiceByTheSameRunItIsPromoted() {
        promote(forest, "run-1");
        FakeForest again = new FakeForest(row -> 2);

        assertThat(promote(again, "run-1")).isEqualTo(new Answer(version, true, "promoted by this run already"));
        assertThat(again.calls).as("the limit is learned once").isEmpty();
    }

    @Test
    void aNewerModelInUseStays() {
        CurrentModel newer = new CurrentModel("20260401T000000Z-99999999", "models/lab/y", "run-9");
        lab.store.put(LakeLayout.currentModel("lab"), newer);

        assertThat(promote(forest, "run-1").promoted()).isFalse();
        assertThat(lab.store
                        .read(LakeLayout.currentModel("lab"), CurrentModel.class)
                        .orElseThrow()
                        .value())
                .isEqualTo(newer);
    }

    @Test
    void whatTheManifestHadStaysWhatItWasTrainedOn() {
        lab.changed("2026-03-10", "run-2", minute -> 5).commit("run-2");

        assertThat(promote(forest, "run-1").promoted()).isTrue();
    }

    @Test
    void otherReadingsThanThoseOfTheTrainingAreRefused() {
        lab.changed("2026-03-10", "run-1", minute -> minute % 50 == 0 ? 5 : 0);

        assertThatThrownBy(() -> promote(forest, "run-1"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("in manifest 1 are not those that version " + version + " was trained on");
        assertThat(lab.store.text(LakeLayout.currentModel("lab"))).isEmpty();
    }

    @Test
    void withoutItsRecipeThereIsNoModel() {
        lab.store.delete(LakeLayout.modelRecipe("lab", version));

        assertThatThrownBy(() -> promote(forest, "run-1"))
                .isInstanceOf(PipelineException.class)
                .hasMessage("s3://lake/models/lab/" + version + "/recipe.json is missing; force a new training");
    }

    @Test
    void withoutAForestThereIsNoModel() {
        lab.store.delete(LakeLayout.model("lab", version) + "tl-1/output/model.tar.gz");

        assertThatThrownBy(() -> promote(forest, "run-1"))
                .isInstanceOf(PipelineException.class)
                .hasMessage("No training left a forest under s3://lake/models/lab/" + version + "/; train it again");
    }

    @Test
    void byHandTheVersionIsPutInUseThatWasInUseBefore() {
        promote(forest, "run-1");
        String first = version;
        lab.store.put(LakeLayout.modelCard("lab", NEWER), Recipes.card(Recipes.recipe(NEWER, BY_HAND)));
        assertThat(byHand(NEWER)).isEqualTo(new Answer(NEWER, true, "by hand"));

        assertThat(byHand("previous")).isEqualTo(new Answer(first, true, "rolled back from " + NEWER));

        assertThat(current().version()).isEqualTo(first);
        assertThat(current().artifact()).isEqualTo(card().artifact());
        assertThat(current().promotedAt()).isEqualTo(BY_HAND);
        assertThat(current().uses()).extracting(CurrentModel.Use::version).containsExactly(first, NEWER, first);
    }

    @ParameterizedTest
    @CsvSource({
        "     , hand, ",
        "run-1,     , ",
        "run-1, me,   by must be 'hand'",
        "     ,     , without 'by' it needs the run",
    })
    void aRunOrAPersonDecides(@Nullable String run, @Nullable String by, @Nullable String refused) {
        ThrowableAssert.ThrowingCallable asked = () -> new PromoteModelHandler.Request(
                run == null ? null : Lab.run(run), "lab", "20260331T000000Z-1a2b3c4d", "tl-e", by);
        if (refused == null) {
            assertThatCode(asked).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(asked).hasMessageContaining(refused);
        }
    }

    private String train(Map<String, String> settings) {
        List<String> before = recipes();
        new StartTrainingHandler(Lab.settings(settings), new FakeSageMaker(), lab.s3, Clock.systemUTC())
                .handleRequest(
                        new StartTrainingHandler.Request(Lab.run("run-1"), "lab", false, "tl-e", null),
                        new FakeContext());
        return recipes().stream()
                .filter(key -> !before.contains(key))
                .map(key -> key.split("/")[2])
                .findFirst()
                .orElseThrow();
    }

    private List<String> recipes() {
        return lab.store
                .list("models/")
                .map(o -> o.key())
                .filter(key -> key.endsWith("recipe.json"))
                .toList();
    }

    private ModelCard card() {
        return lab.store
                .read(LakeLayout.modelCard("lab", version), ModelCard.class)
                .orElseThrow()
                .value();
    }

    private Answer promote(FakeForest endpoint, String runId) {
        return handler(endpoint)
                .handleRequest(
                        new PromoteModelHandler.Request(Lab.run(runId), "lab", version, "tl-e", null),
                        new FakeContext());
    }

    private PromoteModelHandler handler(FakeForest endpoint) {
        return new PromoteModelHandler(Lab.settings(), endpoint, lab.s3, Clock.fixed(BY_HAND, ZoneOffset.UTC));
    }

    private Answer byHand(String wanted) {
        return handler(new FakeForest(row -> {
                    throw new IllegalStateException("nobody asks a forest by hand");
                }))
                .handleRequest(new PromoteModelHandler.Request(null, "lab", wanted, null, "hand"), new FakeContext());
    }

    private CurrentModel current() {
        return lab.store
                .read(LakeLayout.currentModel("lab"), CurrentModel.class)
                .orElseThrow()
                .value();
    }
}
