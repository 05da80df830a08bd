package io.thermolake.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.Metrics;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeGlue;
import io.thermolake.fake.FakeSfn;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.plan.store.PendingStarts;
import io.thermolake.run.BadInputException;
import io.thermolake.run.ExecutionRef;
import io.thermolake.run.RunInput;
import io.thermolake.run.RunPlan;
import io.thermolake.run.store.RunLock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanRunHandlerTest {
    private static final Instant WALL = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant STARTED = Instant.parse("2026-11-24T11:59:58Z");

    private final Lab lab = new Lab();
    private final FakeGlue glue = new FakeGlue();
    private final FakeSfn sfn = new FakeSfn();
    private final FakeContext context = new FakeContext();
    private final List<String> measured = new ArrayList<>();

    @Test
    void aPlanIsKeptAndAnswered() {
        lab.day("2026-03-30", "run-0", 1440, minute -> 20).commit("run-0");

        PlanRunHandler.Answer answer =
                plan("run-1", new RunInput(null, "2026-03-31T00:00:00Z", null, null, null, null, null, null));

        assertThat(answer.outcome()).isEqualTo("PLANNED");
        assertThat(answer.run().id()).isEqualTo("run-1");
        assertThat(answer.run().base()).isEqualTo(1);
        assertThat(answer.plan().rooms()).containsExactly("lab");
        RunPlan kept = lab.store
                .read(LakeLayout.plan("run-1"), RunPlan.class)
                .orElseThrow()
                .value();
        assertThat(kept.steps()).isEqualTo(answer.plan().steps());
        assertThat(kept.run()).isEqualTo(answer.run());
        assertThat(holder()).isEqualTo("run-1");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-03-31T00:00:00Z, 2026-03-30T02:00:00Z, 2026-03-31T00:00:00Z",
                "-,                    2026-03-30T02:00:00Z, 2026-03-30T02:00:00Z",
                "-,                    -,                    2026-11-24T11:59:58Z",
            })
    void nowIsTheInputsElseTheSlotElseTheStart(@Nullable String now, @Nullable String slot, Instant expected) {
        assertThat(plan("run-1", new RunInput(slot, now, null, null, null, null, null, null))
                        .run()
                        .now())
                .isEqualTo(expected);
    }

    @Test
    void aSecondRunWhileOneIsOnIsSkipped() {
        plan("run-1", null);
        sfn.withExecution("arn:run-1", "RUNNING");

        PlanRunHandler.Answer answer = plan("run-2", null);

        assertThat(answer.outcome()).isEqualTo("SKIPPED");
        assertThat(answer.reason()).isEqualTo("run run-1 is on");
        assertThat(answer.run()).isNull();
        assertThat(holder()).isEqualTo("run-1");
        assertThat(measured).singleElement().asString().contains("\"Skipped\":1");
    }

    @Test
    void aStartByHistoryThatIsSkippedLeavesAMarkAndIsNoReasonToWorry() {
        plan("run-1", null);
        sfn.withExecution("arn:run-1", "RUNNING");

        PlanRunHandler.Answer answer = plan("history-1", RunInput.ofHistory());

        assertThat(answer.outcome()).isEqualTo("SKIPPED");
        assertThat(answer.reason()).isEqualTo("run run-1 is on; a follow-up starts when it is over");
        assertThat(mark()).contains(new PendingStart("history-1", RunInput.ofHistory(), WALL));
        assertThat(measured).isEmpty();
    }

    @Test
    void theMarkOfALaterStartTakesTheEarlierOnesPlace() {
        plan("run-1", null);
        plan("history-1", RunInput.ofHistory());
        plan("history-1", RunInput.ofHistory());
        plan("history-2", RunInput.ofHistory());

        assertThat(mark()).map(PendingStart::runId).contains("history-2");
    }

    /** Who looked for the mark before it was there does not look again. */
    @Test
    void aRunThatEndsJustBeforeTheMarkIsWrittenIsNotWaitedFor() {
        plan("run-1", null);
        lab.s3.beforeWriting(
                LakeLayout.PENDING_START, () -> new RunLock(lab.store, Clock.systemUTC()).release("run-1"));

        assertThat(plan("history-1", RunInput.ofHistory()).outcome()).isEqualTo("PLANNED");
        assertThat(holder()).isEqualTo("history-1");
        assertThat(mark()).isEmpty();
    }

    @Test
    void aRunThatGoesOnLeavesTheMarkOfAnother() {
        new PendingStarts(lab.store).mark(new PendingStart("history-0", RunInput.ofHistory(), WALL));

        plan("history-1", RunInput.ofHistory());

        assertThat(mark()).map(PendingStart::runId).contains("history-0");
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING,        SKIPPED",
        "PENDING_REDRIVE,SKIPPED",
        "SUCCEEDED,      PLANNED",
        "FAILED,         PLANNED",
        "TIMED_OUT,      PLANNED",
        "ABORTED,        PLANNED",
        "gone,           PLANNED"
    })
    void aDeadOwnersLockIsTakenOver(String status, String outcome) {
        new RunLock(lab.store, Clock.fixed(WALL.minusSeconds(61), ZoneOffset.UTC))
                .take("run-0", "arn:run-0", arn -> true);
        if (!status.equals("gone")) {
            sfn.withExecution("arn:run-0", status);
        }

        assertThat(plan("run-1", null).outcome()).isEqualTo(outcome);
    }

    @Test
    void aSlotThatIsDeliveredTwiceIsPlannedOnce() {
        RunInput slot = new RunInput("2026-03-31T02:00:00Z", null, null, null, null, null, null, null);
        plan("run-1", slot);

        PlanRunHandler.Answer answer = plan("run-2", slot);

        assertThat(answer.outcome()).isEqualTo("SKIPPED");
        assertThat(answer.reason()).isEqualTo("slot 2026-03-31T02:00:00Z belongs to run run-1");
        assertThat(measured).as("a second delivery is no skipped run").isEmpty();
    }

    @Test
    void askedTwiceItAnswersTheSame() {
        RunInput slot = new RunInput("2026-03-31T02:00:00Z", null, null, null, null, null, null, null);

        assertThat(plan("run-1", slot)).isEqualTo(plan("run-1", slot));
    }

    @Test
    void badInputIsRefusedBeforeAnythingIsClaimed() {
        lab.day("2026-03-30", "run-0", 10, minute -> 20).commit("run-0");
        int before = lab.s3.objects.size();

        assertThatThrownBy(() -> plan(
                        "run-1", new RunInput("2026-03-31T02:00:00Z", null, "Nowhere", null, null, null, null, null)))
                .isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> plan(
                        "run-1",
                        new RunInput("2026-03-31T02:00:00Z", null, null, null, null, List.of("attic"), null, null)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("knows no room 'attic'");
        assertThat(lab.s3.objects).hasSize(before);
    }

    @Test
    void aPlanningThatFailsGivesTheLockBack() {
        lab.store.put(LakeLayout.HISTORY + "a.csv", "1");
        lab.s3.beforeWriting(LakeLayout.plan("run-1"), () -> {
            throw new IllegalStateException("S3 is down");
        });

        assertThatThrownBy(() -> plan("run-1", null)).hasMessageContaining("S3 is down");
        assertThat(lab.store.text(LakeLayout.LOCK)).isEmpty();
    }

    @Test
    void aCatalogThatLagsTheManifestIsBroughtUpToIt() {
        lab.day("2026-03-30", "run-0", 10, minute -> 20).commit("run-0");

        plan("run-1", null);

        assertThat(glue.partitions.get("temperatures").values())
                .containsExactly("s3://lake/lake/temperatures/date=2026-03-30/run=run-0/attempt=1/");
        assertThat(glue.partitions.get("rooms")).containsOnlyKeys(List.of("lab", "2026-03-30"));
        assertThat(context.logged).contains("catalog.repaired manifest=1");
    }

    private PlanRunHandler.Answer plan(String runId, @Nullable RunInput input) {
        Clock clock = Clock.fixed(WALL, ZoneOffset.UTC);
        return new PlanRunHandler(
                        Lab.settings(), lab.s3, glue, sfn, clock, new Metrics("thermolake", clock, measured::add))
                .handleRequest(
                        new PlanRunHandler.Request(new ExecutionRef("arn:" + runId, runId, STARTED, 0), input),
                        context);
    }

    private Optional<PendingStart> mark() {
        return new PendingStarts(lab.store).read().map(LakeStore.Stored::value);
    }

    private String holder() {
        return lab.store
                .read(LakeLayout.LOCK, RunLock.Owner.class)
                .orElseThrow()
                .value()
                .runId();
    }
}
