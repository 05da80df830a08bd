package io.thermolake.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeSageMaker;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore.Listed;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.QuotaExceededException;
import io.thermolake.model.Recipe;
import io.thermolake.model.Recipes;
import io.thermolake.model.SageMakerNames;
import io.thermolake.model.Trainer;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sagemaker.model.Channel;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;

class StartTrainingHandlerTest {
    private static final Instant WALL = Instant.parse("2026-11-24T12:00:00Z");

    private final Lab lab = new Lab();
    private final FakeSageMaker sagemaker = new FakeSageMaker();

    @Test
    void aRoomWithoutAModelIsTrained() {
        lab.days(30, "run-1").commit("run-1");

        Progress progress = start("run-1", false);

        CreateTrainingJobRequest job =
                sagemaker.trainingJobs.values().iterator().next();
        assertThat(progress)
                .isEqualTo(Progress.running(List.of(new Handle(
                        Handle.Kind.TRAINING_JOB,
                        job.trainingJobName(),
                        job.trainingJobName(),
                        WALL,
                        WALL.plus(Duration.ofMinutes(30))))));
        Recipe recipe = recipe();
        Channel channel = job.inputDataConfig().get(0);
        String folder = channel.dataSource().s3DataSource().s3Uri();
        assertThat(folder).isEqualTo("s3://lake/training/lab/" + recipe.version() + "/");
        List<String> rows = lab.store
                .text(folder.substring("s3://lake/".length()) + "features.csv")
                .orElseThrow()
                .value()
                .lines()
                .toList();
        assertThat(rows).as("14 days after nine of warm-up").hasSize(14 * 144);
        assertThat(rows)
                .allMatch(row ->
                        row.split(",").length == recipe.forest().features().size());
        assertThat(channel.contentType()).isEqualTo("text/csv;label_size=0");
        assertThat(channel.dataSource().s3DataSource().s3DataDistributionTypeAsString())
                .isEqualTo("ShardedByS3Key");
        assertThat(job.trainingJobName()).isEqualTo(SageMakerNames.trainingJob("run-1", "lab", recipe.version(), 0));
        assertThat(job.outputDataConfig().s3OutputPath()).isEqualTo("s3://lake/models/lab/" + recipe.version() + "/");
        assertThat(job.hyperParameters())
                .isEqualTo(Map.of(
                        "feature_dim",
                        "" + recipe.forest().features().size(),
                        "num_trees",
                        "100",
                        "num_samples_per_tree",
                        "256"));
        assertThat(job.stoppingCondition().maxRuntimeInSeconds()).isEqualTo(1800);
    }

    @ParameterizedTest
    @CsvSource({"ml.m5.large, arn:aws:kms:eu-central-1:000000000000:key/lake", "ml.m5d.large,"})
    void theLakesKeyEncryptsTheForestAndTheVolumeWhereItCan(String type, String volumeKey) {
        lab.days(30, "run-1").commit("run-1");

        start(handler(Map.of("TRAINING_INSTANCE_TYPE", type)), "run-1", "tl-e", null);

        assertThat(sagemaker.trainingJobs.values()).singleElement().satisfies(job -> {
            assertThat(job.outputDataConfig().kmsKeyId()).isEqualTo("arn:aws:kms:eu-central-1:000000000000:key/lake");
            assertThat(job.resourceConfig().volumeKmsKeyId()).isEqualTo(volumeKey);
        });
    }

    @Test
    void theRecipeSaysWhatItLearnsFrom() {
        lab.days(30, "run-1").commit("run-1");

        start("run-1", false);

        Recipe recipe = recipe();
        assertThat(recipe.learned().firstDay()).isEqualTo("2026-02-22");
        assertThat(recipe.learned().lastDay()).as("the last week is held back").isEqualTo("2026-03-23");
        assertThat(recipe.learned().manifest()).isEqualTo(1);
        assertThat(recipe.learned().readings()).isEqualTo(23 * 144);
        assertThat(recipe.forest().trainer()).isEqualTo(Trainer.SAGEMAKER);
        assertThat(recipe.rules().limits().rules().intervalSeconds()).isEqualTo(600);
        assertThat(recipe.rules().limits().forestAllowed()).isNull();
    }

    @Test
    void whatIsWrongInTheDaysThatAreHeldBackIsNotLearned() {
        lab.days(30, "run-1").commit("run-1");
        start("run-1", false);
        Recipe before = recipe();
        lab.changed("2026-03-24", "run-2", minute -> 9).commit("run-2");

        start("run-2", true);

        assertThat(recipe()).isEqualTo(before);
    }

    @Test
    void theHandleIsOnRecordForTheJanitor() {
        lab.days(30, "run-1").commit("run-1");

        Progress progress = start("run-1", false);

        assertThat(lab.store.list(LakeLayout.handles("run-1")).map(Listed::key))
                .singleElement()
                .satisfies(key -> assertThat(lab.store.text(key).orElseThrow().value())
                        .contains(progress.handles().get(0).name()));
    }

    @Test
    void startedTwiceThereIsOneJob() {
        lab.days(30, "run-1").commit("run-1");

        assertThat(start("run-1", false)).isEqualTo(start("run-1", false));
        assertThat(sagemaker.trainingJobs).hasSize(1);
    }

    @Test
    void afterAJobThatFailedOrWasStoppedAnotherIsStarted() {
        lab.days(30, "run-1").commit("run-1");
        String first = start("run-1", false).handles().get(0).name();
        sagemaker.withStatus("Stopped", null);

        Progress again = start("run-1", false);

        assertThat(again.handles().get(0).name()).isNotEqualTo(first);
        assertThat(sagemaker.trainingJobs).hasSize(2);
    }

    @Test
    void jobsThatKeepFailingAreGivenUp() {
        lab.days(30, "run-1").commit("run-1");
        sagemaker.withStatus("Failed", "no capacity");
        for (int i = 0; i < 5; i++) {
            start("run-1", false);
        }

        assertThatThrownBy(() -> start("run-1", false))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("5 training jobs of room lab");
    }

    @Test
    void aRoomWithTooLittleDataIsNotTrained() {
        lab.days(20, "run-1").commit("run-1");

        Progress progress = start("run-1", true);

        assertThat(progress.details())
                .isEqualTo(Map.of(
                        "needed", false, "reason", "too little data: readings on 13 days to learn from, 14 needed"));
        assertThat(sagemaker.trainingJobs).isEmpty();
        assertThat(lab.store.list("models/")).isEmpty();
    }

    @Test
    void aFreshModelIsKeptAndNoReadingIsRead() {
        lab.days(30, "run-1").commit("run-1");
        inUse(Recipes.recipe("20260330T000000Z-11111111", Lab.NOW.minus(Duration.ofDays(1))));
        lab.store.list("rooms/").map(Listed::key).toList().forEach(lab.store::delete);

        assertThat(start("run-1", false).details())
                .isEqualTo(Map.of(
                        "needed",
                        false,
                        "reason",
                        "the model in use is 24 hours old; a new one is due after 30 days",
                        "version",
                        "20260330T000000Z-11111111"));
    }

    @Test
    void forcedItIsTrainedWhateverItsAge() {
        lab.days(30, "run-1").commit("run-1");
        inUse(Recipes.recipe("20260330T000000Z-11111111", Lab.NOW.minus(Duration.ofDays(1))));

        assertThat(start("run-1", true).state()).isEqualTo(Progress.State.RUNNING);
    }

    @Test
    void aVersionThatAnEarlierRunTrainedIsUsedAgain() {
        lab.days(30, "run-1").commit("run-1");
        start("run-1", false);
        String version = recipe().version();
        lab.store.put(LakeLayout.model("lab", version) + "tl-1/output/model.tar.gz", "a forest");

        Progress progress = start("run-2", false);

        assertThat(progress.state()).isEqualTo(Progress.State.SUCCEEDED);
        assertThat(progress.details()).containsEntry("needed", true).containsEntry("version", version);
        assertThat(sagemaker.trainingJobs).hasSize(1);
    }

    @Test
    void theEmbeddedDetectorTrainsItsForestAtOnce() {
        lab.days(30, "run-1").commit("run-1");
        StartTrainingHandler embedded = handler(Map.of("DETECTOR", "embedded", "NUM_TREES", "50"));

        Progress progress = start(embedded, "run-1", null, null);

        Recipe recipe = recipe();
        assertThat(progress.state()).isEqualTo(Progress.State.SUCCEEDED);
        assertThat(progress.details()).containsEntry("needed", true).containsEntry("version", recipe.version());
        assertThat(recipe.forest().trainer()).isEqualTo(Trainer.EMBEDDED);
        assertThat(recipe.forest().fallback()).isNull();
        assertThat(sagemaker.trainingJobs).isEmpty();
        String forest = lab.store
                .text(LakeLayout.forest("lab", recipe.version()))
                .orElseThrow()
                .value();
        assertThat(lab.store.list("training/")).isEmpty();

        assertThat(start(embedded, "run-2", null, null).details()).containsEntry("version", recipe.version());
        assertThat(lab.store
                        .text(LakeLayout.forest("lab", recipe.version()))
                        .orElseThrow()
                        .value())
                .isEqualTo(forest);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "tl-e, The quota is used up, The quota is used up",
                "'',   -,                    the run had no endpoint",
            })
    void whereSageMakerIsRefusedTheRoomFallsBack(String endpoint, @Nullable String refused, String fallback) {
        lab.days(30, "run-1").commit("run-1");

        Progress progress = start(handler(Map.of()), "run-1", endpoint, refused);

        assertThat(progress.details()).containsEntry("needed", true);
        assertThat(recipe().forest().trainer()).isEqualTo(Trainer.EMBEDDED);
        assertThat(recipe().forest().fallback()).isEqualTo(fallback);
        assertThat(sagemaker.trainingJobs).isEmpty();
    }

    @Test
    void aQuotaThatRefusesTheJobIsNamed() {
        lab.days(30, "run-1").commit("run-1");
        sagemaker.refusing("The account-level service limit 'ml.m5.large for training job usage' is 0 Instances");

        assertThatThrownBy(() -> start("run-1", false))
                .isInstanceOf(QuotaExceededException.class)
                .hasMessageContaining("'ml.m5.large for training job usage'");
    }

    private Recipe recipe() {
        String key = lab.store
                .list("models/")
                .map(Listed::key)
                .filter(k -> k.endsWith("recipe.json"))
                .reduce((a, b) -> b)
                .orElseThrow();
        return lab.store.read(key, Recipe.class).orElseThrow().value();
    }

    private void inUse(Recipe recipe) {
        lab.store.put(LakeLayout.currentModel("lab"), new CurrentModel(recipe.version(), "models/lab/x", "run-0"));
        lab.store.put(LakeLayout.modelCard("lab", recipe.version()), Recipes.card(recipe));
    }

    private StartTrainingHandler handler(Map<String, String> settings) {
        return new StartTrainingHandler(Lab.settings(settings), sagemaker, lab.s3, Clock.fixed(WALL, ZoneOffset.UTC));
    }

    private Progress start(String runId, boolean force) {
        return handler(Map.of())
                .handleRequest(
                        new StartTrainingHandler.Request(Lab.run(runId), "lab", force, "tl-e", null),
                        new FakeContext());
    }

    private static Progress start(
            StartTrainingHandler handler, String runId, @Nullable String endpoint, @Nullable String refused) {
        return handler.handleRequest(
                new StartTrainingHandler.Request(Lab.run(runId), "lab", false, endpoint, refused), new FakeContext());
    }
}
