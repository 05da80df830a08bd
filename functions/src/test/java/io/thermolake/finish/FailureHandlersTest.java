package io.thermolake.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.thermolake.fake.FakeAthena;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeGlue;
import io.thermolake.fake.FakeSageMaker;
import io.thermolake.fake.FakeSfn;
import io.thermolake.fake.FakeSns;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.plan.PendingStart;
import io.thermolake.plan.store.PendingStarts;
import io.thermolake.run.ExecutionRef;
import io.thermolake.run.Handle;
import io.thermolake.run.Run;
import io.thermolake.run.RunInput;
import io.thermolake.run.store.Handles;
import io.thermolake.run.store.RunLock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;

/** FailRun and RecordFailure: the ways in which a run ends badly, and the way back. */
class FailureHandlersTest {
    private static final Clock WALL = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private static final Run RUN = new Run("run-1", "arn:run-1", Lab.NOW, 0);

    private final Lab lab = new Lab();
    private final LakeStore store = lab.store;
    private final FakeGlue glue = new FakeGlue();
    private final FakeSageMaker sagemaker = new FakeSageMaker();
    private final FakeAthena athena = new FakeAthena();
    private final FakeSns sns = new FakeSns();
    private final FakeSfn sfn = new FakeSfn();
    private final FakeContext context = new FakeContext();

    @Test
    void aFailureIsRecordedToldAndThrown() {
        takeLock("run-1");

        assertFails(0, "ExtractRooms", "out of memory");

        assertThat(store.read(LakeLayout.failure("run-1", 0), Failure.class)
                        .orElseThrow()
                        .value())
                .isEqualTo(new Failure("run-1", "ExtractRooms", "JobFailed", "out of memory", 0));
        assertThat(sns.told).singleElement().satisfies(told -> {
            assertThat(told.topicArn()).isEqualTo("arn:aws:sns:eu-central-1:000000000000:failures");
            assertThat(told.subject()).isEqualTo("Thermolake: run run-1 failed");
            assertThat(told.message()).contains("Run run-1 failed at ExtractRooms: JobFailed: out of memory.");
        });
        assertThat(store.text(LakeLayout.LOCK)).isEmpty();
    }

    @Test
    void askedTwiceItTellsOnceAndThrowsAgain() {
        assertFails(0, "ExtractRooms", "out of memory");
        assertFails(0, "ExtractRooms", "out of memory");

        assertThat(sns.told).hasSize(1);
    }

    @Test
    void whatNobodyCanBeToldIsRecordedAllTheSame() {
        sns.failing = true;

        assertFails(0, "ExtractRooms", "out of memory");

        assertThat(store.text(LakeLayout.failure("run-1", 0))).isPresent();
        assertThat(context.logged).anyMatch(l -> l.startsWith("janitor.untold"));
    }

    @Test
    void aSubjectIsNoLongerThanSnsTakes() {
        String name = "r".repeat(120);

        assertThatThrownBy(() -> fail(name, null, 0, "PlanRun", "why")).isInstanceOf(RunFailedException.class);

        assertThat(sns.told.get(0).subject()).hasSize(100);
        assertThat(sns.told.get(0).message()).contains(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "-                                                             | no cause was given",
                "plain words                                                   | plain words",
                "{\"errorMessage\":\"the message\",\"stackTrace\":[]}          | the message",
                "ImportS3: {\"errorMessage\":\"the message\"}              | ImportS3: the message",
                "{\"errorMessage\":\"one\"}; {\"errorMessage\":\"two\"}      | {\"errorMessage\":\"one\"}; {\"errorMessage\":\"two\"}",
                "{\"other\":1}                                                 | {\"other\":1}",
                "{ no JSON                                                     | { no JSON",
            })
    void aPersonReadsTheMessageNotTheStackTrace(@Nullable String cause, String read) {
        assertThat(Failure.readable(cause)).isEqualTo(read);
    }

    @Test
    void everythingThatTheRunStartedIsStopped() {
        glue.withCrawler("raw", "RUNNING", null, null);
        sagemaker.createEndpoint(
                CreateEndpointRequest.builder().endpointName("tl-1").build());
        sagemaker.createEndpointConfig(
                CreateEndpointConfigRequest.builder().endpointConfigName("tl-1").build());
        sagemaker.createModel(CreateModelRequest.builder().modelName("tl-1").build());
        started(Handle.Kind.CRAWL, "raw", "run-1");
        started(Handle.Kind.JOB_RUN, "rooms", "jr_1");
        started(Handle.Kind.TRAINING_JOB, "tl-2", "tl-2");
        started(Handle.Kind.QUERY, "daily", "query-1");
        started(Handle.Kind.ENDPOINT, "tl-1", "tl-1");
        new Handles(store).record(Lab.run("run-2"), handle(Handle.Kind.JOB_RUN, "rooms", "jr_2"));

        assertFails(0, "Detect", "why");

        assertThat(glue.stopped).containsExactlyInAnyOrder("raw", "jr_1");
        assertThat(sagemaker.stopped).containsExactly("tl-2");
        assertThat(athena.stopped).containsExactly("query-1");
        assertThat(sagemaker.endpoints).isEmpty();
        assertThat(sagemaker.configs).isEmpty();
        assertThat(sagemaker.models).isEmpty();
    }

    @Test
    void anEndpointThatRefusesToGoKeepsItsConfigurationForTheSweeper() {
        sagemaker.withStatusOf("tl-1", "Creating");
        sagemaker.createEndpoint(
                CreateEndpointRequest.builder().endpointName("tl-1").build());
        sagemaker.createEndpointConfig(
                CreateEndpointConfigRequest.builder().endpointConfigName("tl-1").build());
        started(Handle.Kind.ENDPOINT, "tl-1", "tl-1");

        assertFails(0, "Detect", "why");

        assertThat(sagemaker.endpoints).containsOnlyKeys("tl-1");
        assertThat(sagemaker.configs).containsOnlyKeys("tl-1");
        assertThat(context.logged).anyMatch(l -> l.startsWith("janitor.left kind=ENDPOINT name=tl-1 why="));
    }

    @Test
    void whatIsOverAlreadyDoesNotHideTheFailure() {
        started(Handle.Kind.CRAWL, "raw", "run-1");
        started(Handle.Kind.ENDPOINT, "tl-1", "tl-1");

        assertFails(0, "Detect", "why");

        assertThat(context.logged).anyMatch(l -> l.startsWith("janitor.left kind=CRAWL name=raw why="));
        assertThat(sns.told).hasSize(1);
    }

    @Test
    void theLockOfAnotherRunStays() {
        takeLock("run-2");

        assertFails(0, "PlanRun", "why");

        assertThat(holder()).isEqualTo("run-2");
    }

    @Test
    void aRedriveTakesTheLockAndGoesBackToTheFailedStep() {
        assertFails(0, "ExtractRooms", "out of memory");

        assertThat(fail(1, "ExtractRooms", "out of memory").resumeAt()).isEqualTo("ExtractRooms");
        assertThat(holder()).isEqualTo("run-1");
        assertThat(sns.told).hasSize(1);
    }

    @Test
    void aSecondFailureAfterARedriveIsAFailureAndCanBeRedrivenAgain() {
        assertFails(0, "ExtractRooms", "out of memory");
        fail(1, "ExtractRooms", "out of memory");

        assertFails(1, "ExtractRooms", "out of memory");
        assertThat(sns.told).hasSize(2);
        assertThat(store.text(LakeLayout.LOCK)).isEmpty();
        assertThat(store.text(LakeLayout.failure("run-1", 1))).isPresent();

        assertThat(fail(2, "ExtractRooms", "out of memory").resumeAt()).isEqualTo("ExtractRooms");
        assertFails(2, "CommitRun", "too many bad records");
        assertThat(fail(3, "CommitRun", "too many bad records").resumeAt()).isEqualTo("CommitRun");
        assertThat(sns.told).hasSize(3);
        assertThat(holder()).isEqualTo("run-1");
    }

    /** A redrive of what no Catch saw starts at that state, not at the failure state: what fails then is a new failure. */
    @Test
    void aFailureAfterTheRedriveOfAStoppedExecutionIsAFailure() {
        record(0, "ABORTED");

        assertFails(1, "ExtractRooms", "out of memory");

        assertThat(sns.told).hasSize(2);
        assertThat(fail(2, "ExtractRooms", "out of memory").resumeAt()).isEqualTo("ExtractRooms");
    }

    @Test
    void aFailureAfterAResumedRunWasStoppedAndRedrivenIsAFailure() {
        assertFails(0, "ExtractRooms", "out of memory");
        fail(1, "ExtractRooms", "out of memory");
        record(1, "ABORTED");

        assertFails(2, "ExtractRooms", "out of memory");

        assertThat(store.text(LakeLayout.failure("run-1", 2))).isPresent();
    }

    @Test
    void aRedriveWhileAnotherRunIsOnSaysSoAndWorksLater() {
        assertFails(0, "ExtractRooms", "out of memory");
        takeLock("run-2");
        sfn.withExecution("arn:run-2", "RUNNING");

        assertThatThrownBy(() -> fail(1, "ExtractRooms", "out of memory"))
                .isInstanceOf(RunFailedException.class)
                .hasMessage("Run run-1 cannot go on: run run-2 is on. Redrive it again when that run is over");
        record(1, "FAILED");
        lock().release("run-2");

        assertThat(fail(2, "ExtractRooms", "out of memory").resumeAt()).isEqualTo("ExtractRooms");
    }

    @Test
    void aRedriveIsStaleWhenAnotherRunHasCommittedMeanwhile() {
        assertFails(0, "ExtractRooms", "out of memory");
        lab.day("2026-03-30", "run-2", 10, minute -> 20).commit("run-2");

        assertThatThrownBy(() -> fail(1, "ExtractRooms", "out of memory"))
                .isInstanceOf(StaleRunException.class)
                .hasMessageContaining("planned from manifest 0, but the newest is 1 by now");
        assertThat(store.text(LakeLayout.LOCK)).isEmpty();
    }

    @Test
    void aRedriveAfterTheRunsOwnCommitIsNotStale() {
        assertFails(0, "Detect", "no endpoint");
        lab.day("2026-03-30", "run-1", 10, minute -> 20).commit("run-1");

        assertThat(fail(1, "Detect", "no endpoint").resumeAt()).isEqualTo("Detect");
    }

    @Test
    void aRedriveIsStaleWhenAnotherCommittedOnTopOfTheRunsOwn() {
        assertFails(0, "Detect", "no endpoint");
        lab.day("2026-03-30", "run-1", 10, minute -> 20).commit("run-1").commit("run-2");

        assertThatThrownBy(() -> fail(1, "Detect", "no endpoint")).isInstanceOf(StaleRunException.class);
    }

    @Test
    void aRedriveOfAFailedPlanningPlansAnew() {
        assertThatThrownBy(() -> fail("run-1", null, 0, "PlanRun", "S3 is down"))
                .isInstanceOf(RunFailedException.class);
        lab.day("2026-03-30", "run-2", 10, minute -> 20).commit("run-2");

        assertThat(fail("run-1", null, 1, "PlanRun", "S3 is down").resumeAt()).isEqualTo("PlanRun");
    }

    @ParameterizedTest
    @CsvSource({"TIMED_OUT", "ABORTED", "FAILED"})
    void whatNoCatchSeesIsRecordedToldAndCleanedUp(String status) {
        takeLock("run-1");
        started(Handle.Kind.JOB_RUN, "rooms", "jr_1");

        assertThat(record(0, status).recorded()).isTrue();

        assertThat(glue.stopped).containsExactly("jr_1");
        assertThat(store.text(LakeLayout.LOCK)).isEmpty();
        assertThat(sns.told)
                .singleElement()
                .satisfies(t -> assertThat(t.message())
                        .contains("the execution: " + status + ": the execution ended " + status));
    }

    @Test
    void aFailureThatIsRecordedAlreadyIsNotRecordedAgain() {
        assertFails(0, "ExtractRooms", "out of memory");

        assertThat(record(0, "FAILED").recorded()).isFalse();
        assertThat(record(0, "FAILED").recorded()).isFalse();
        assertThat(sns.told).hasSize(1);
    }

    /** EventBridge delivers late, and more than once: the run may be on again by then. */
    @Test
    void aLateEventOfARecordedFailureLeavesTheRedrivenRunAlone() {
        assertFails(0, "ExtractRooms", "out of memory");
        fail(1, "ExtractRooms", "out of memory");
        started(Handle.Kind.JOB_RUN, "rooms", "jr_7");

        record(0, "FAILED");

        assertThat(glue.stopped).isEmpty();
        assertThat(holder()).isEqualTo("run-1");
    }

    @Test
    void theEventOfALaterRedriveIsAnotherFailure() {
        record(0, "TIMED_OUT");

        assertThat(record(1, "TIMED_OUT").recorded()).isTrue();
        assertThat(sns.told).hasSize(2);
    }

    /** However the run failed, EventBridge tells of its end: FailRun releases the lock, and this is what follows. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFailedRunsEndMakesGoodWhatWasSkippedMeanwhile(boolean caught) {
        takeLock("run-1");
        new PendingStarts(store).mark(new PendingStart("history-1", RunInput.ofHistory(), WALL.instant()));
        if (caught) {
            assertFails(0, "ExtractRooms", "out of memory");
            assertThat(sfn.started).isEmpty();
        }

        record(0, "FAILED");
        record(0, "FAILED");

        assertThat(sfn.started).hasSize(1);
        assertThat(store.text(LakeLayout.PENDING_START)).isEmpty();
    }

    @Test
    void theEndOfASkippedOrLateRunLeavesTheMarkToTheRunThatIsOn() {
        takeLock("run-2");
        new PendingStarts(store).mark(new PendingStart("history-1", RunInput.ofHistory(), WALL.instant()));

        record(0, "ABORTED");

        assertThat(sfn.started).isEmpty();
        assertThat(store.text(LakeLayout.PENDING_START)).isPresent();
    }

    @Test
    void aFollowUpThatCannotBeStartedFailsTheCallSoThatLambdaCallsAgain() {
        new PendingStarts(store).mark(new PendingStart("history-1", RunInput.ofHistory(), WALL.instant()));
        sfn.refusal = "Rate exceeded";
        assertThatThrownBy(() -> record(0, "TIMED_OUT")).hasMessageContaining("Rate exceeded");
        sfn.refusal = null;

        assertThat(record(0, "TIMED_OUT").recorded()).isFalse();

        assertThat(sfn.started).hasSize(1);
        assertThat(sns.told).hasSize(1);
    }

    private FailRunHandler.Answer fail(int redrive, String step, String cause) {
        return fail("run-1", RUN, redrive, step, cause);
    }

    private FailRunHandler.Answer fail(String name, @Nullable Run run, int redrive, String step, String cause) {
        return new FailRunHandler(Lab.settings(), lab.s3, glue, sagemaker, athena, sns, sfn, WALL)
                .handleRequest(
                        new FailRunHandler.Request(
                                new ExecutionRef("arn:" + name, name, WALL.instant(), redrive),
                                run,
                                step,
                                "JobFailed",
                                cause),
                        context);
    }

    private void assertFails(int redrive, String step, String cause) {
        assertThatThrownBy(() -> fail(redrive, step, cause))
                .isInstanceOf(RunFailedException.class)
                .hasMessageStartingWith("Run run-1 failed at %s: JobFailed: %s.".formatted(step, cause));
    }

    private RecordFailureHandler.Answer record(int redrive, String status) {
        return new RecordFailureHandler(Lab.settings(), lab.s3, glue, sagemaker, athena, sns, sfn, WALL)
                .handleRequest(
                        new ScheduledEvent()
                                .withDetail(Map.of("name", "run-1", "status", status, "redriveCount", redrive)),
                        context);
    }

    private void started(Handle.Kind kind, String name, String id) {
        new Handles(store).record(RUN, handle(kind, name, id));
    }

    private static Handle handle(Handle.Kind kind, String name, String id) {
        return new Handle(kind, name, id, WALL.instant(), WALL.instant());
    }

    private RunLock lock() {
        return new RunLock(store, WALL);
    }

    private void takeLock(String runId) {
        lock().take(runId, "arn:" + runId, arn -> true);
    }

    private String holder() {
        return store.read(LakeLayout.LOCK, RunLock.Owner.class)
                .orElseThrow()
                .value()
                .runId();
    }
}
