package io.thermolake.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeForest;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.score.ScorePartitionsHandler.Answer;
import io.thermolake.train.CurrentModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScorePartitionsHandlerTest {
    private static final String VERSION = "20260331T000000Z-1a2b3c4d";

    private final Lab lab = new Lab();
    private final FakeGlueCatalog glue = new FakeGlueCatalog();
    /** The warmer, the stranger: 31 degrees score 3.1. */
    private final FakeForest forest = new FakeForest(temperature -> temperature / 10);

    @BeforeEach
    void aLabWithAHeaterStuckOnAtNoon() {
        lab.day("2026-03-29", "run-1", 1440, minute -> 20)
                .day(
                        "2026-03-30",
                        "run-1",
                        1440,
                        minute -> minute >= 720 && minute < 780 ? 31 + (minute == 750 ? 1 : 0) : 20)
                .commit("run-1");
        use(VERSION, 2.5);
    }

    @Test
    void everyReadingGetsItsScore() {
        assertThat(score("run-1", new FakeContext())).isEqualTo(new Answer(true, null, 2880, 1, VERSION));

        List<String> lines = scores("2026-03-30", "run-1").lines().toList();
        assertThat(lines).hasSize(1441);
        assertThat(lines.get(0)).isEqualTo("timestamp,temperature,score,threshold,is_anomaly,model");
        assertThat(lines.get(1)).isEqualTo("2026-03-30 00:00:00,20.0,2.0,2.5,false," + VERSION);
        assertThat(lines.get(721)).isEqualTo("2026-03-30 12:00:00,31.0,3.1,2.5,true," + VERSION);
        assertThat(forest.calls)
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.targetModel()).isEqualTo("lab/model.tar.gz"));
    }

    @Test
    void anEpisodeIsOneAlarm() {
        score("run-1", new FakeContext());

        assertThat(index().alarms())
                .containsExactly(new Alarm("2026-03-30 12:00:00", "2026-03-30 12:59:00", 32, 3.2, 60));
        assertThat(index().published()).isTrue();
        assertThat(lab.store.text(LakeLayout.alarms("lab")).orElseThrow().value())
                .isEqualTo(
                        "{\"room_id\":\"lab\",\"start\":\"2026-03-30 12:00:00\",\"end\":\"2026-03-30 12:59:00\",\"worst\":32.0,\"score\":3.2,\"readings\":60,\"model\":\""
                                + VERSION + "\"}\n");
    }

    @Test
    void theCatalogKnowsWhereTheScoresAre() {
        score("run-1", new FakeContext());

        assertThat(glue.locations())
                .containsEntry(List.of("lab", "2026-03-29"), "s3://lake/scores/room_id=lab/date=2026-03-29/run=run-1/")
                .containsEntry(List.of("lab", "2026-03-30"), "s3://lake/scores/room_id=lab/date=2026-03-30/run=run-1/")
                .hasSize(2);
    }

    @Test
    void whatIsScoredIsNotScoredAgain() {
        score("run-1", new FakeContext());
        forest.calls.clear();

        assertThat(score("run-2", new FakeContext())).isEqualTo(new Answer(true, null, 0, 1, VERSION));
        assertThat(forest.calls).isEmpty();
    }

    @Test
    void onlyTheDateThatWasRewrittenIsScoredAgain() {
        score("run-1", new FakeContext());
        forest.calls.clear();
        lab.day("2026-03-30", "run-2", 1440, minute -> 20).commit("run-2");

        assertThat(score("run-2", new FakeContext())).isEqualTo(new Answer(true, null, 1440, 0, VERSION));
        assertThat(forest.calls).hasSize(1);
        assertThat(lab.store.text(LakeLayout.alarms("lab")).orElseThrow().value())
                .isEmpty();
        assertThat(glue.locations())
                .containsEntry(List.of("lab", "2026-03-29"), "s3://lake/scores/room_id=lab/date=2026-03-29/run=run-1/")
                .containsEntry(List.of("lab", "2026-03-30"), "s3://lake/scores/room_id=lab/date=2026-03-30/run=run-2/");
    }

    @Test
    void anotherModelScoresEverythingAnew() {
        score("run-1", new FakeContext());
        use("20260430T000000Z-11111111", 1.5);

        Answer answer = score("run-2", new FakeContext());

        assertThat(answer.scored()).isEqualTo(2880);
        assertThat(index().model()).isEqualTo("20260430T000000Z-11111111");
        assertThat(index().anomalies()).as("20 degrees score 2").hasSize(2880);
    }

    @Test
    void whenItsTimeRunsOutItGoesOnWhereItWas() {
        Answer first = score("run-1", new FakeContext().withRemainingMillis(10_000));

        assertThat(first).isEqualTo(new Answer(false, "2026-03-30", 1440, 0, VERSION));
        assertThat(lab.store.text(LakeLayout.scoreIndex("lab")))
                .as("half of it is not committed")
                .isEmpty();

        Answer second = score("run-1", new FakeContext().withRemainingMillis(10_000));

        assertThat(second).isEqualTo(new Answer(true, null, 2880, 1, VERSION));
        assertThat(forest.calls).as("no date is scored twice").hasSize(2);
        assertThat(lab.store.text(LakeLayout.scoreDraft("run-1", "lab"))).isEmpty();
    }

    @Test
    void inPagesOrAtOnceTheResultIsTheSame() {
        score("run-1", new FakeContext().withRemainingMillis(10_000));
        score("run-1", new FakeContext());
        ScoreIndex inPages = index();
        lab.store.delete(LakeLayout.scoreIndex("lab"));

        score("run-1", new FakeContext());

        assertThat(index()).isEqualTo(inPages);
    }

    @Test
    void aPublicationThatWasCutOffIsFinishedByTheNextRun() {
        glue.failing = true;
        assertThatThrownBy(() -> score("run-1", new FakeContext())).hasMessageContaining("Glue is down");
        assertThat(index().published()).isFalse();
        glue.failing = false;
        forest.calls.clear();

        assertThat(score("run-2", new FakeContext())).isEqualTo(new Answer(true, null, 0, 1, VERSION));

        assertThat(forest.calls).isEmpty();
        assertThat(index().published()).isTrue();
        assertThat(glue.locations()).hasSize(2);
    }

    @Test
    void whoCommittedMeanwhileWins() {
        FakeForest slow = new FakeForest(temperature -> {
            lab.store.put(LakeLayout.scoreIndex("lab"), ScoreIndex.empty("lab", "another"));
            return 1;
        });

        assertThatThrownBy(() -> handler(slow).handleRequest(request("run-1"), new FakeContext()))
                .isInstanceOf(ScoresConflictException.class)
                .hasMessageContaining("The scores of room lab were committed by somebody else");
        assertThat(index().model()).isEqualTo("another");
        assertThat(glue.locations()).isEmpty();
    }

    @Test
    void aRoomWithoutAModelHasNothingToBeScoredBy() {
        lab.store.delete(LakeLayout.currentModel("lab"));

        assertThat(score("run-1", new FakeContext())).isEqualTo(new Answer(true, null, 0, 0, null));
        assertThat(forest.calls).isEmpty();
    }

    @Test
    void readingsThatTheManifestHasAndTheFolderLacksAreNotPassedOver() {
        List<String> keys = new ArrayList<>();
        lab.store.list("rooms/room_id=lab/date=2026-03-30/").forEach(o -> keys.add(o.key()));
        keys.forEach(lab.store::delete);

        assertThatThrownBy(() -> score("run-1", new FakeContext()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(
                        "rooms/room_id=lab/date=2026-03-30/run=run-1/attempt=1/ holds 0 readings, but manifest 1 says 1440");
        assertThat(lab.store.text(LakeLayout.scoreIndex("lab"))).isEmpty();
    }

    private void use(String version, double threshold) {
        lab.store.put(
                LakeLayout.currentModel("lab"),
                new CurrentModel(version, threshold, "models/lab/model.tar.gz", "run-1"));
    }

    private Answer score(String runId, FakeContext context) {
        return handler(forest).handleRequest(request(runId), context);
    }

    private ScorePartitionsHandler handler(FakeForest endpoint) {
        return new ScorePartitionsHandler(Lab.settings(), endpoint, lab.s3, glue);
    }

    private static ScorePartitionsHandler.Request request(String runId) {
        return new ScorePartitionsHandler.Request(Lab.run(runId), "lab", "tl-e", null);
    }

    private ScoreIndex index() {
        return lab.store
                .read(LakeLayout.scoreIndex("lab"), ScoreIndex.class)
                .orElseThrow()
                .value();
    }

    private String scores(String date, String runId) {
        return lab.store
                .text("scores/room_id=lab/date=%s/run=%s/scores.csv".formatted(date, runId))
                .orElseThrow()
                .value();
    }
}
