package io.thermolake.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.await.Handle;
import io.thermolake.await.Progress;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeSageMaker;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore.Listed;
import io.thermolake.quota.QuotaExceededException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sagemaker.model.Channel;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;

class StartTrainingHandlerTest {
    private static final Instant WALL = Instant.parse("2026-11-24T12:00:00Z");

    private final Lab lab = new Lab();
    private final FakeSageMaker sagemaker = new FakeSageMaker();
    private final StartTrainingHandler handler =
            new StartTrainingHandler(Lab.settings(), sagemaker, lab.s3, Clock.fixed(WALL, ZoneOffset.UTC));

    @Test
    void aRoomWithoutAModelIsTrained() {
        lab.day("2026-03-30", "run-1", 1440, minute -> 20 + minute % 2).commit("run-1");

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
        Channel channel = job.inputDataConfig().get(0);
        String folder = channel.dataSource().s3DataSource().s3Uri();
        String features = lab.store
                .text(folder.substring("s3://lake/".length()) + "features.csv")
                .orElseThrow()
                .value();
        assertThat(features).hasLineCount(1440).startsWith("20.0\n21.0\n20.0\n");
        String version = Names.version(Lab.NOW, features);
        assertThat(folder).isEqualTo("s3://lake/training/lab/" + version + "/");
        assertThat(channel.contentType()).isEqualTo("text/csv;label_size=0");
        assertThat(channel.dataSource().s3DataSource().s3DataDistributionTypeAsString())
                .isEqualTo("ShardedByS3Key");
        assertThat(job.trainingJobName()).isEqualTo(Names.trainingJob("run-1", "lab", version, 0));
        assertThat(job.outputDataConfig().s3OutputPath()).isEqualTo("s3://lake/models/lab/" + version + "/");
        assertThat(job.hyperParameters())
                .isEqualTo(Map.of("feature_dim", "1", "num_trees", "100", "num_samples_per_tree", "256"));
        assertThat(job.stoppingCondition().maxRuntimeInSeconds()).isEqualTo(1800);
    }

    @ParameterizedTest
    @CsvSource({"ml.m5.large, arn:aws:kms:eu-central-1:000000000000:key/lake", "ml.m5d.large,"})
    void theLakesKeyEncryptsTheForestAndTheVolumeWhereItCan(String type, String volumeKey) {
        lab.day("2026-03-30", "run-1", 1440, minute -> 20).commit("run-1");

        new StartTrainingHandler(
                        Lab.settings(Map.of("TRAINING_INSTANCE_TYPE", type)),
                        sagemaker,
                        lab.s3,
                        Clock.fixed(WALL, ZoneOffset.UTC))
                .handleRequest(new StartTrainingHandler.Request(Lab.RUN, "lab", false), new FakeContext());

        assertThat(sagemaker.trainingJobs.values()).singleElement().satisfies(job -> {
            assertThat(job.outputDataConfig().kmsKeyId()).isEqualTo("arn:aws:kms:eu-central-1:000000000000:key/lake");
            assertThat(job.resourceConfig().volumeKmsKeyId()).isEqualTo(volumeKey);
        });
    }

    @Test
    void theHandleIsOnRecordForTheJanitor() {
        lab.day("2026-03-30", "run-1", 1440, minute -> 20).commit("run-1");

        Progress progress = start("run-1", false);

        assertThat(lab.store.list(LakeLayout.handles("run-1")).map(Listed::key))
                .singleElement()
                .satisfies(key -> assertThat(lab.store.text(key).orElseThrow().value())
                        .contains(progress.handles().get(0).name()));
    }

    @Test
    void startedTwiceThereIsOneJob() {
        lab.day("2026-03-30", "run-1", 1440, minute -> 20).commit("run-1");

        assertThat(start("run-1", false)).isEqualTo(start("run-1", false));
        assertThat(sagemaker.trainingJobs).hasSize(1);
    }

    @Test
    void afterAJobThatFailedOrWasStoppedAnotherIsStarted() {
        lab.day("2026-03-30", "run-1", 1440, minute -> 20).commit("run-1");
        String first = start("run-1", false).handles().get(0).name();
        sagemaker.withStatus("Stopped", null);

        Progress again = start("run-1", false);

        assertThat(again.handles().get(0).name()).isNotEqualTo(first);
        assertThat(sagemaker.trainingJobs).hasSize(2);
    }

    @Test
    void jobsThatKeepFailingAreGivenUp() {
        lab.day("2026-03-30", "run-1", 1440, minute -> 20).commit("run-1");
        sagemaker.withStatus("Failed", "no capacity");
        for (int i = 0; i < 5; i++) {
            start("run-1", false);
        }

        assertThatThrownBy(() -> start("run-1", false))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("5 training jobs of room lab");
    }

    @Test
    void onlyTheTrainingWindowIsLearnedFrom() {
        lab.day("2026-02-28", "run-1", 1440, minute -> 1)
                .day("2026-03-01", "run-1", 1440, minute -> 2)
                .day("2026-03-30", "run-1", 1440, minute -> 3)
                .day("2026-03-31", "run-1", 10, minute -> 4)
                .commit("run-1");

        start("run-1", false);

        assertThat(features().lines().distinct()).containsExactly("2.0", "3.0", "4.0");
        assertThat(features()).hasLineCount(1440 + 1440 + 1);
    }

    @Test
    void aRoomWithTooLittleDataIsNotTrained() {
        lab.day("2026-03-30", "run-1", 120, minute -> 20).commit("run-1");

        Progress progress = start("run-1", true);

        assertThat(progress.details())
                .isEqualTo(Map.of("needed", false, "reason", "too little data: 120 readings, 1440 needed"));
        assertThat(sagemaker.trainingJobs).isEmpty();
    }

    @Test
    void aFreshModelIsKeptAndNoReadingIsRead() {
        lab.day("2026-03-30", "run-1", 1440, minute -> 20).commit("run-1");
        inUse("20260330T000000Z-11111111", Lab.NOW.minus(Duration.ofDays(1)));
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
        lab.day("2026-03-30", "run-1", 1440, minute -> 20).commit("run-1");
        inUse("20260330T000000Z-11111111", Lab.NOW.minus(Duration.ofDays(1)));

        assertThat(start("run-1", true).state()).isEqualTo(Progress.State.RUNNING);
    }

    @Test
    void aVersionThatAnEarlierRunTrainedIsUsedAgain() {
        lab.day("2026-03-30", "run-1", 1440, minute -> 20).commit("run-1");
        start("run-1", false);
        String version = Names.version(Lab.NOW, features());
        lab.store.put(LakeLayout.model("lab", version) + "tl-1/output/model.tar.gz", "a forest");

        Progress progress = start("run-2", false);

        assertThat(progress.state()).isEqualTo(Progress.State.SUCCEEDED);
        assertThat(progress.details()).containsEntry("needed", true).containsEntry("version", version);
        assertThat(sagemaker.trainingJobs).hasSize(1);
    }

    @Test
    void aRefusedJobNamesTheQuota() {
        lab.day("2026-03-30", "run-1", 1440, minute -> 20).commit("run-1");
        sagemaker.refusing("The account-level service limit 'ml.m5.large for training job usage' is 0 Instances");

        assertThatThrownBy(() -> start("run-1", false))
                .isInstanceOf(QuotaExceededException.class)
                .hasMessageStartingWith("The quota 'ml.m5.large for training job usage' of this account");
    }

    private String features() {
        String key = lab.store.list("training/").map(Listed::key).findFirst().orElseThrow();
        return lab.store.text(key).orElseThrow().value();
    }

    private void inUse(String version, Instant trainedAt) {
        lab.store.put(LakeLayout.currentModel("lab"), new CurrentModel(version, 2, "models/lab/x", "run-0"));
        lab.store.put(LakeLayout.modelCard("lab", version), card(version, trainedAt));
    }

    private static ModelCard card(String version, Instant trainedAt) {
        return new ModelCard(
                "lab",
                version,
                trainedAt,
                trainedAt,
                trainedAt,
                1440,
                List.of("temperature"),
                Map.of(),
                "models/lab/x",
                2,
                "",
                new ScoreStatistics(1, 1, 1, 1));
    }

    private Progress start(String runId, boolean force) {
        return handler.handleRequest(new StartTrainingHandler.Request(Lab.run(runId), "lab", force), new FakeContext());
    }
}
