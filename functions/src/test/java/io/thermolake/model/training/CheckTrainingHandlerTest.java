package io.thermolake.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeSageMaker;
import io.thermolake.fake.Lab;
import io.thermolake.model.Recipes;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sagemaker.model.ResourceNotFoundException;

class CheckTrainingHandlerTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant DEADLINE = START.plus(Duration.ofMinutes(30));
    private static final String VERSION = "20260331T000000Z-1a2b3c4d";

    private final FakeSageMaker sagemaker = new FakeSageMaker();
    private final TrainingRequest job = TrainingRequest.of(Lab.RUN, Recipes.recipe(VERSION, Lab.NOW), 0);
    private final Handle handle = new Handle(Handle.Kind.TRAINING_JOB, job.name(), job.name(), START, DEADLINE);

    @BeforeEach
    void start() {
        sagemaker.createTrainingJob(job.request(Lab.settings()));
    }

    @ParameterizedTest
    @CsvSource({
        "InProgress, RUNNING",
        "Stopping,   RUNNING",
        "Completed,  COMPLETED",
        "Failed,     FAILED",
        "Stopped,    FAILED",
        "Deleting,   RUNNING",
        "Teleported, RUNNING",
        ",           RUNNING",
    })
    void onlyCompletedIsSuccess(String status, TrainingStatus meaning) {
        assertThat(TrainingStatus.of(status)).isEqualTo(meaning);
    }

    @Test
    void aCompletedJobTellsItsVersionAndArtifact() {
        sagemaker.withStatus("Completed", null);

        assertThat(check(START))
                .isEqualTo(Progress.succeeded(Map.of(
                        "needed",
                        true,
                        "version",
                        VERSION,
                        "artifact",
                        "models/lab/" + VERSION + "/" + job.name() + "/output/model.tar.gz")));
    }

    @Test
    void aJobUnderWayIsAskedAgain() {
        assertThat(check(DEADLINE.minusNanos(1))).isEqualTo(Progress.running(List.of(handle)));
        assertThat(sagemaker.stopped).isEmpty();
    }

    @Test
    void aFailedJobFailsWithSageMakersReason() {
        sagemaker.withStatus("Failed", "ClientError: feature_dim does not match");

        assertThatThrownBy(() -> check(START))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessage(
                        "The training job %s of room lab ended Failed: ClientError: feature_dim does not match; its log is in /aws/sagemaker/TrainingJobs"
                                .formatted(job.name()));
    }

    @Test
    void pastItsDeadlineAJobIsStopped() {
        assertThatThrownBy(() -> check(DEADLINE.plusMillis(1)))
                .isInstanceOf(TrainingTimedOutException.class)
                .hasMessageContaining("was still InProgress at its deadline " + DEADLINE);
        assertThat(sagemaker.stopped).containsExactly(job.name());
    }

    @Test
    void aJobThatCompletedPastItsDeadlineIsASuccess() {
        sagemaker.withStatus("Completed", null);

        assertThat(check(DEADLINE.plusSeconds(60)).state()).isEqualTo(Progress.State.SUCCEEDED);
    }

    @Test
    void anUnknownJobFailsWithSageMakersOwnError() {
        sagemaker.trainingJobs.clear();

        assertThatThrownBy(() -> check(START)).isInstanceOf(ResourceNotFoundException.class);
    }

    private Progress check(Instant at) {
        return new CheckTrainingHandler(sagemaker, Clock.fixed(at, ZoneOffset.UTC))
                .handleRequest(new CheckTrainingHandler.Request(Lab.RUN, "lab", List.of(handle)), new FakeContext());
    }
}
