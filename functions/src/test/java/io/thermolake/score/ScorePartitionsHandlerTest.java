package io.thermolake.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.alarm.Alarm;
import io.thermolake.detect.Feature;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.SensorRules;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeForest;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.ModelCard;
import io.thermolake.model.Recipe;
import io.thermolake.model.Recipes;
import io.thermolake.model.ScoreStatistics;
import io.thermolake.model.store.Promotions;
import io.thermolake.run.Run;
import io.thermolake.score.ScorePartitionsHandler.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScorePartitionsHandlerTest {
    private static final String VERSION = "20260331T000000Z-1a2b3c4d";
    private static final int DAY = 144;
    /** Silent after two hours, stuck after one, a change of four degrees is allowed. */
    private static final RoomModel LIMITS = new RoomModel(new SensorRules(600, 600, 600), Map.of(Feature.CHANGE, 4.0));

    private static final String NEWER = "20260430T000000Z-99999999";

    private final Lab lab = new Lab();
    private final FakeGlueCatalog glue = new FakeGlueCatalog();
    private final FakeForest forest = new FakeForest(row -> 1);

    @BeforeEach
    void aLabWithAHeaterStuckOnAtNoon() {
        lab.days(12, "run-1").changed("2026-03-30", "run-1", minute -> minute == 720 || minute == 730 ? 9 : 0);
        lab.commit("run-1");
        use(VERSION, 2);
    }

    @Test
    void everyReadingGetsItsScore() {
        assertThat(score("run-1")).isEqualTo(new Answer(true, null, 12 * DAY, 1, VERSION));

        List<String> lines = scores("2026-03-30", "run-1").lines().toList();
        assertThat(lines).hasSize(DAY + 1);
        assertThat(lines.get(0)).isEqualTo("timestamp,temperature,score,threshold,is_anomaly,alarm,episode,kind,model");
        assertThat(lines.get(1)).matches("2026-03-30 00:00:00,1[.0-9]*,0.[0-4][0-9]*,0.5,false,false,,," + VERSION);
        assertThat(lines.get(73))
                .matches("2026-03-30 12:00:00,[.0-9]*,0.6[0-9]*,0.5,true,true,2026-03-30 12:00:00,jump," + VERSION);
        assertThat(lines.get(75))
                .matches("2026-03-30 12:20:00,[.0-9]*,0.6[0-9]*,0.5,true,false,2026-03-30 12:00:00,jump," + VERSION);
        assertThat(forest.calls)
                .as("equal rows are asked for once; the first nine days are too little known for a forest")
                .hasSizeBetween(1, 3)
                .allSatisfy(call -> assertThat(call.targetModel()).isEqualTo("lab/" + VERSION + "/m.tar.gz"));
    }

    @Test
    void aForestThatSeesMoreThanItIsAllowedIsAnAnomalyWhereAViewIsNearItsLimit() {
        lab.changed("2026-03-29", "run-1", minute -> minute == 600 ? 3.6 : 0).commit("run-1");
        use(VERSION, 0.9);

        score("run-1");

        assertThat(index().anomalies().get(0).kind()).isEqualTo("unusual");
        assertThat(index().alarms().get(0).start()).isEqualTo("2026-03-29 10:00:00");
    }

    @Test
    void anEpisodeIsOneAlarm() {
        score("run-1");

        assertThat(index().alarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.start()).isEqualTo("2026-03-30 12:00:00");
            assertThat(alarm.end()).isEqualTo("2026-03-30 12:20:00");
            assertThat(alarm.readings()).isEqualTo(2);
            assertThat(alarm.kind()).isEqualTo("jump");
        });
        assertThat(index().published()).isTrue();
        assertThat(lab.store.text(LakeLayout.alarms("lab")).orElseThrow().value())
                .startsWith(
                        "{\"room_id\":\"lab\",\"start\":\"2026-03-30 12:00:00\",\"end\":\"2026-03-30 12:20:00\",\"worst\":")
                .endsWith(",\"readings\":2,\"kind\":\"jump\",\"model\":\"" + VERSION + "\"}\n");
    }

    @Test
    void theCatalogKnowsWhereTheScoresAre() {
        score("run-1");

        assertThat(glue.locations())
                .containsEntry(List.of("lab", "2026-03-29"), "s3://lake/scores/room_id=lab/date=2026-03-29/run=run-1/")
                .containsEntry(List.of("lab", "2026-03-30"), "s3://lake/scores/room_id=lab/date=2026-03-30/run=run-1/")
                .hasSize(12);
    }

    @Test
    void whatIsScoredIsNotScoredAgain() {
        score("run-1");
        forest.calls.clear();

        assertThat(score("run-2")).isEqualTo(new Answer(true, null, 0, 1, VERSION));
        assertThat(forest.calls).isEmpty();
    }

    @Test
    void aDateThatWasRewrittenIsScoredAgain() {
        score("run-1");
        lab.usual("2026-03-30", "run-2").commit("run-2");

        assertThat(score("run-2")).isEqualTo(new Answer(true, null, DAY, 0, VERSION));
        assertThat(lab.store.text(LakeLayout.alarms("lab")).orElseThrow().value())
                .isEmpty();
        assertThat(glue.locations())
                .containsEntry(List.of("lab", "2026-03-29"), "s3://lake/scores/room_id=lab/date=2026-03-29/run=run-1/")
                .containsEntry(List.of("lab", "2026-03-30"), "s3://lake/scores/room_id=lab/date=2026-03-30/run=run-2/");
    }

    /** Their features look back at it: else their scores would tell which run had scored them. */
    @Test
    void readingsThatComeLateHaveTheDaysAfterThemScoredAgain() {
        lab.changed("2026-03-27", "run-1", minute -> minute < 60 ? Double.NaN : 0)
                .commit("run-1");
        score("run-1");
        lab.usual("2026-03-27", "run-2").commit("run-2");

        assertThat(score("run-2").scored()).isEqualTo(4 * DAY);

        Map<String, String> late = allScores();
        lab.store.delete(LakeLayout.scoreIndex("lab"));
        score("run-3");
        assertThat(allScores()).isEqualTo(late);
    }

    @Test
    void anotherModelScoresEverythingAnewAndARollbackDoesToo() {
        score("run-1");
        Map<String, String> before = allScores();
        use("20260430T000000Z-11111111", 0.9);

        assertThat(score("run-2").scored()).isEqualTo(12 * DAY);
        assertThat(index().model()).isEqualTo("20260430T000000Z-11111111");
        assertThat(allScores()).isNotEqualTo(before);

        use(VERSION, 2);
        assertThat(score("run-3").scored()).isEqualTo(12 * DAY);
        assertThat(allScores()).isEqualTo(before);
        assertThat(glue.locations()).as("one folder a date").hasSize(12);
    }

    @Test
    void whenItsTimeRunsOutItGoesOnWhereItWas() {
        FakeContext short1 = new FakeContext().withRemainingMillis(10_000);
        Answer first = handler(forest).handleRequest(request("run-1"), short1);

        assertThat(first).isEqualTo(new Answer(false, "2026-03-20", DAY, 0, VERSION));
        assertThat(lab.store.text(LakeLayout.scoreIndex("lab")))
                .as("half of it is not committed")
                .isEmpty();

        Answer second = score("run-1");

        assertThat(second).isEqualTo(new Answer(true, null, 12 * DAY, 1, VERSION));
        assertThat(lab.store.text(LakeLayout.scoreDraft("run-1", "lab"))).isEmpty();
    }

    @Test
    void aRollbackLeavesEachReadingOneScore() {
        score("run-1");
        Map<String, String> before = modelsOfScores();
        lab.store.put(LakeLayout.modelCard("lab", NEWER), Recipes.card(Recipes.recipe(NEWER, Lab.NOW.plusSeconds(60))));
        new Promotions(lab.store).byHand("lab", NEWER, Lab.NOW);
        score("run-2");
        assertThat(modelsOfScores().values()).as("by the newer one").containsOnly(NEWER);

        new Promotions(lab.store).byHand("lab", Promotions.PREVIOUS, Lab.NOW);
        score("run-3");
        score("run-3");

        assertThat(modelsOfScores()).isEqualTo(before);
        assertThat(modelsOfScores().values()).containsOnly(VERSION);
    }

    /** Reading to its model, of all folders that the table has: a reading with two scores is refused. */
    private Map<String, String> modelsOfScores() {
        Map<String, String> models = new TreeMap<>();
        for (String folder : glue.locations().values()) {
            String key = folder.substring("s3://lake/".length()) + "scores.csv";
            lab.store.text(key).orElseThrow().value().lines().skip(1).forEach(line -> {
                String[] fields = line.split(",");
                assertThat(models.put(fields[0], fields[fields.length - 1]))
                        .as("a second score of %s", fields[0])
                        .isNull();
            });
        }
        return models;
    }

    @Test
    void inPagesOrAtOnceTheResultIsTheSame() {
        while (!handler(forest)
                .handleRequest(request("run-1"), new FakeContext().withRemainingMillis(10_000))
                .done()) {
            // A date a call.
        }
        ScoreIndex inPages = index();
        Map<String, String> scores = allScores();
        lab.store.delete(LakeLayout.scoreIndex("lab"));

        score("run-1");

        assertThat(index()).isEqualTo(inPages);
        assertThat(allScores()).isEqualTo(scores);
    }

    @Test
    void aPublicationThatWasCutOffIsFinishedByTheNextRun() {
        glue.failing = true;
        assertThatThrownBy(() -> score("run-1")).hasMessageContaining("Glue is down");
        assertThat(index().published()).isFalse();
        glue.failing = false;
        forest.calls.clear();

        assertThat(score("run-2")).isEqualTo(new Answer(true, null, 0, 1, VERSION));

        assertThat(forest.calls).isEmpty();
        assertThat(index().published()).isTrue();
        assertThat(glue.locations()).hasSize(12);
    }

    @Test
    void whoCommittedMeanwhileWins() {
        FakeForest slow = new FakeForest(row -> {
            lab.store.put(LakeLayout.scoreIndex("lab"), ScoreIndex.empty("lab", "another", Duration.ZERO));
            return 1;
        });

        assertThatThrownBy(() -> handler(slow).handleRequest(request("run-1"), new FakeContext()))
                .isInstanceOf(ScoresConflictException.class)
                .hasMessageContaining("The scores of room lab were committed by somebody else");
        assertThat(index().model()).isEqualTo("another");
        assertThat(glue.locations()).isEmpty();
    }

    @Test
    void aSensorThatIsSilentNowIsAnAlarmThoughNoReadingTells() {
        lab.changed("2026-03-30", "run-1", minute -> minute > 720 ? Double.NaN : 0)
                .commit("run-1");

        score("run-1");

        assertThat(index().alarms())
                .singleElement()
                .satisfies(alarm -> assertThat(alarm)
                        .isEqualTo(new Alarm(
                                "2026-03-30 12:30:00",
                                "2026-03-31 00:00:00",
                                alarm.worst(),
                                alarm.score(),
                                0,
                                "silent")));
        forest.calls.clear();

        assertThat(score("run-2")).isEqualTo(new Answer(true, null, 0, 1, VERSION));
        Run later = new Run("run-3", "arn", Lab.NOW.plusSeconds(3600), 0);
        handler(forest).handleRequest(new ScorePartitionsHandler.Request(later, "lab", null, null), new FakeContext());
        assertThat(forest.calls)
                .as("no forest is asked, nor an endpoint needed")
                .isEmpty();
        assertThat(index().alarms())
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.end()).isEqualTo("2026-03-31 01:00:00"));
    }

    @Test
    void aRoomWithoutAModelIsWatchedByItsSensorsRules() {
        lab.store.delete(LakeLayout.currentModel("lab"));
        lab.changed("2026-03-28", "run-1", minute -> minute > 300 && minute < 1300 ? Double.NaN : 0)
                .commit("run-1");

        assertThat(score("run-1").version()).isNull();

        assertThat(forest.calls).isEmpty();
        assertThat(SensorOnly.is(index().model())).isTrue();
        assertThat(index().alarms()).singleElement().satisfies(alarm -> {
            assertThat(alarm.kind()).isEqualTo("silent");
            assertThat(alarm.start()).isEqualTo("2026-03-28 12:48:00");
            assertThat(alarm.end()).isEqualTo("2026-03-28 21:40:00");
        });
        assertThat(score("run-2").scored()).isZero();
    }

    @Test
    void aRoomWithoutReadingsIsDone() {
        ScorePartitionsHandler.Request attic =
                new ScorePartitionsHandler.Request(Lab.run("run-1"), "attic", "tl-e", null);

        assertThat(handler(forest).handleRequest(attic, new FakeContext()))
                .isEqualTo(new Answer(true, null, 0, 0, null));
    }

    @Test
    void aModelInUseWithoutACardIsNamed() {
        lab.store.delete(LakeLayout.modelCard("lab", VERSION));

        assertThatThrownBy(() -> score("run-1"))
                .isInstanceOf(PipelineException.class)
                .hasMessage("s3://lake/models/lab/" + VERSION + "/model.json is missing; force a new training");
    }

    @Test
    void readingsThatTheManifestHasAndTheFolderLacksAreNotPassedOver() {
        List<String> keys = new ArrayList<>();
        lab.store.list("rooms/room_id=lab/date=2026-03-30/").forEach(o -> keys.add(o.key()));
        keys.forEach(lab.store::delete);

        assertThatThrownBy(() -> score("run-1"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(
                        "rooms/room_id=lab/date=2026-03-30/run=run-1/attempt=1/ holds 0 readings, but manifest 1 says 144");
        assertThat(lab.store.text(LakeLayout.scoreIndex("lab"))).isEmpty();
    }

    private void use(String version, double limit) {
        Recipe recipe = Recipes.recipe(version, Lab.NOW);
        String artifact = "models/lab/" + version + "/m.tar.gz";
        lab.store.put(LakeLayout.currentModel("lab"), new CurrentModel(version, artifact, "run-1"));
        lab.store.put(
                LakeLayout.modelCard("lab", version),
                new ModelCard(recipe, artifact, LIMITS.withForest(limit), "", ScoreStatistics.of(new double[] {1})));
    }

    private Answer score(String runId) {
        return handler(forest).handleRequest(request(runId), new FakeContext());
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

    /** Date to the scores that the catalog names. */
    private Map<String, String> allScores() {
        Map<String, String> scores = new TreeMap<>();
        index().dates().forEach((date, scored) -> scores.put(date, scores(date, scored.run())));
        return scores;
    }

    private String scores(String date, String runId) {
        return lab.store
                .text("scores/room_id=lab/date=%s/run=%s/scores.csv".formatted(date, runId))
                .orElseThrow()
                .value();
    }
}
