package io.thermolake.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.thermolake.Metrics;
import io.thermolake.RecordJson;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeSfn;
import io.thermolake.fake.Lab;
import io.thermolake.fake.Turns;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.plan.PendingStart;
import io.thermolake.plan.store.PendingStarts;
import io.thermolake.run.RunInput;
import io.thermolake.run.StepName;
import io.thermolake.run.store.RunLock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinishRunHandlerTest {
    private static final Clock WALL = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    private final Lab lab = new Lab();
    private final FakeSfn sfn = new FakeSfn();
    private final FakeContext context = new FakeContext();
    private final List<String> lines = new ArrayList<>();
    private @Nullable List<String> warnings;

    @Test
    void theRunIsSummedUp() {
        lab.day("2026-03-29", "run-0", 10, minute -> 20)
                .day("2026-03-30", "run-1", 20, minute -> 20)
                .commit("run-1");
        lab.store.put(
                LakeLayout.scoreIndex("lab"),
                "{\"model\":\"v1\",\"alarms\":[{\"start\":\"2026-03-30 08:00:00\",\"end\":\"2026-03-30 14:00:00\","
                        + "\"worst\":31.5,\"score\":0.8,\"readings\":360,\"kind\":\"jump\"}]}");
        lab.store.put(LakeLayout.plan("run-1"), CommitmentTest.plan(0, true, StepName.ExtractRooms));

        Summary summary = finish(
                List.of(
                        new RoomOutcome("lab", "SUCCEEDED", null, null, null, "v1", 30, null),
                        new RoomOutcome("attic", "FAILED", "TrainingFailed", "no quota", null, null, 0, null)),
                "reports/run-1/report.html");

        assertThat(summary.manifest()).isEqualTo(1);
        assertThat(summary.counts()).isEqualTo(new Counts(1440, 1440, java.util.Map.of(), 0, 0, 0));
        assertThat(summary.rooms())
                .containsExactly(new Summary.Room(
                        "lab",
                        30,
                        30,
                        List.of(new Summary.RoomAlarm("2026-03-30 08:00:00", "2026-03-30 14:00:00", 31.5, "jump")),
                        "v1",
                        null));
        assertThat(summary.failedRooms()).extracting(RoomOutcome::room).containsExactly("attic");
        assertThat(summary.steps().get(StepName.ExtractRooms).run()).isTrue();
        assertThat(lab.store.text(LakeLayout.reportOf(1))).isPresent();
    }

    @Test
    void roomsWithConflictsAndFilesThatWereNotReadAreNamedAndCountsOfBeforeHaveNone() {
        lab.day("2026-03-29", "run-1", 30, minute -> 20);
        lab.store.put(LakeLayout.manifest(1), """
                {"number":1,"runId":"run-1","now":"2026-03-31T00:00:00Z","committedAt":"2026-03-31T00:00:00Z",
                 "partitions":[{"date":"2026-03-29","runId":"run-1","attempt":1,"rooms":{"attic":5,"lab":30}}],"consumed":[],
                 "counts":{"read":37,"clean":35,"quarantined":{},"duplicates":2,"conflicts":2,"outOfScope":0,"conflictRooms":{"lab":2},
                 "unreadFiles":{"raw/history/bad.csv":3}},
                 "crawledSchemas":{}}""");

        Summary summary = finish(List.of(), null);

        assertThat(summary.rooms()).extracting(Summary.Room::conflicts).containsExactly(0L, 2L);
        assertThat(summary.counts().conflictRooms()).containsExactly(java.util.Map.entry("lab", 2L));
        assertThat(summary.warnings())
                .singleElement()
                .asString()
                .startsWith("No record could be read of raw/history/bad.csv (3)");
        assertThat(RecordJson.gson()
                        .fromJson("{\"read\":1,\"clean\":1,\"quarantined\":{}}", Counts.class)
                        .conflictRooms())
                .isEmpty();
    }

    @Test
    void aRoomWithoutAModelSaysWhy() {
        lab.day("2026-03-29", "run-1", 10, minute -> 20).commit("run-1");
        lab.store.put(LakeLayout.scoreIndex("lab"), "{\"model\":\"rules-1a2b3c4d\",\"alarms\":[]}");

        Summary summary = finish(
                List.of(new RoomOutcome("lab", "NO_MODEL", null, null, "too little data", null, 10, "the quota")),
                null);

        assertThat(summary.rooms())
                .containsExactly(new Summary.Room("lab", 10, 10, List.of(), null, "too little data"));
        assertThat(summary.failedRooms()).isEmpty();
        assertThat(summary.warnings()).as("no quota would help it").isEmpty();
    }

    @Test
    void aRunThatDidNothingHasNoCountsOfItsOwn() {
        lab.day("2026-03-29", "run-0", 10, minute -> 20).commit("run-0");

        Summary summary = finish(List.of(), null);

        assertThat(summary.counts()).isEqualTo(Counts.none());
        assertThat(summary.rooms()).extracting(Summary.Room::readings).containsExactly(10L);
        assertThat(summary.report()).isNull();
        assertThat(lab.store.text(LakeLayout.reportOf(1))).isEmpty();
    }

    @Test
    void anEmptyLakeIsSummedUpToo() {
        Summary summary = finish(List.of(), null);

        assertThat(summary.manifest()).isZero();
        assertThat(summary.rooms()).isEmpty();
    }

    @Test
    void theLockIsReleasedIfItIsOurs() {
        RunLock lock = new RunLock(lab.store, WALL);
        lock.take("run-1", "arn:run-1", arn -> true);
        finish(List.of(), null);
        assertThat(lab.store.text(LakeLayout.LOCK)).isEmpty();

        lock.take("run-2", "arn:run-2", arn -> true);
        finish(List.of(), null);
        assertThat(lab.store.text(LakeLayout.LOCK)).isPresent();
    }

    /** Its first answer was lost, and meanwhile another run has taken the lock and committed. */
    @Test
    void calledAgainAfterItsLockIsGoneItLeavesTheNextRunsManifestAlone() {
        RunLock lock = new RunLock(lab.store, WALL);
        lock.take("run-1", "arn:run-1", arn -> true);
        lab.day("2026-03-29", "run-1", 10, minute -> 20).commit("run-1");
        Summary first = finish(List.of(), "reports/run-1/report.html");
        lock.take("run-2", "arn:run-2", arn -> true);
        lab.day("2026-03-30", "run-2", 10, minute -> 20).commit("run-2");

        assertThat(finish(List.of(), "reports/run-1/report.html")).isEqualTo(first);
        assertThat(lab.store.text(LakeLayout.reportOf(2))).isEmpty();
        assertThat(lines).hasSize(1);
    }

    @Test
    void theMetricsAreOneLineOfEmbeddedMetricFormat() {
        lab.day("2026-03-30", "run-1", 20, minute -> 20).commit("run-1");

        finish(List.of(new RoomOutcome("attic", "FAILED", "E", "why", null, null, 0, null)), null);

        assertThat(lines).hasSize(1);
        JsonObject line = JsonParser.parseString(lines.get(0)).getAsJsonObject();
        assertThat(line.get("RunFinished").getAsInt()).isEqualTo(1);
        assertThat(line.get("Read").getAsLong()).isEqualTo(1440);
        assertThat(line.get("QuarantineRatio").getAsDouble()).isZero();
        assertThat(line.get("FailedRooms").getAsInt()).isEqualTo(1);
    }

    @Test
    void aRunThatReadNothingHasNoRatio() {
        finish(List.of(), null);

        assertThat(lines.get(0)).contains("\"Read\":0").doesNotContain("QuarantineRatio");
    }

    @Test
    void aWarningIsInTheSummaryAndIsCountedAndFailsNothing() {
        warnings = List.of("The dashboard data set thermolake-daily was not refreshed");

        Summary summary = finish(List.of(), null);

        assertThat(summary.outcome()).isEqualTo("SUCCEEDED");
        assertThat(summary.warnings()).containsExactlyElementsOf(warnings);
        assertThat(lines.get(0)).contains("\"Warnings\":1");
        assertThat(context.logged.get(0)).contains("run.warning run=run-1").contains("thermolake-daily");
    }

    @Test
    void aQuotaIsAWarningOnceHoweverManyRoomsItMet() {
        String why = "The quota 'ml.m5.large for training job usage' of this account and region is used up";

        Summary summary = finish(
                List.of(
                        new RoomOutcome("lab", "SUCCEEDED", null, null, null, "v1", 30, why),
                        new RoomOutcome("kitchen", "SUCCEEDED", null, null, null, "v2", 30, why),
                        new RoomOutcome("office", "SUCCEEDED", null, null, null, "v2", 30, null),
                        new RoomOutcome("attic", "FAILED", "QuotaExceededException", null, null, null, 0, why)),
                null);

        assertThat(summary.warnings())
                .containsExactly(
                        why
                                + ". Detected without SageMaker, by a forest of the functions' own: kitchen, lab. Not detected: attic.");
        assertThat(summary.failedRooms()).singleElement().satisfies(room -> {
            assertThat(room.room()).isEqualTo("attic");
            assertThat(room.cause()).isEqualTo(why);
        });
        assertThat(lines.get(0)).contains("\"Warnings\":1").contains("\"FailedRooms\":1");
    }

    @Test
    void aSkippedStartIsMadeGoodOnceTheLockIsFree() {
        new RunLock(lab.store, WALL).take("run-1", "arn:run-1", arn -> true);
        PendingStart mark = mark("history-1");

        finish(List.of(), null);

        assertThat(sfn.started).containsExactly(Map.entry(mark.followUp(), "{\"startedBy\":\"history\"}"));
        assertThat(lab.store.text(LakeLayout.PENDING_START)).isEmpty();
        assertThat(context.logged).contains("run.followed run=run-1 by=" + mark.followUp());
    }

    @Test
    void theMarkIsLeftToTheRunThatIsOnByThen() {
        mark("history-1");
        new RunLock(lab.store, WALL).take("run-2", "arn:run-2", arn -> true);

        finish(List.of(), null);

        assertThat(sfn.started).isEmpty();
        assertThat(lab.store.text(LakeLayout.PENDING_START)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killedBeforeTheMarkIsRemovedTheNextEndStartsNoSecondFollowUp(boolean overByThen) {
        PendingStart mark = mark("history-1");
        lab.s3.beforeDeleting(LakeLayout.PENDING_START, () -> {
            throw new Turns.Killed();
        });
        assertThatThrownBy(() -> finish(List.of(), null)).isInstanceOf(Turns.Killed.class);
        if (overByThen) {
            sfn.ended(mark.followUp());
        }

        finish(List.of(), null);

        assertThat(sfn.started).containsOnlyKeys(mark.followUp());
        assertThat(lab.store.text(LakeLayout.PENDING_START)).isEmpty();
    }

    @Test
    void aMarkThatIsLeftWhileTheFollowUpStartsIsNotRemoved() {
        mark("history-1");
        lab.s3.beforeDeleting(LakeLayout.PENDING_START, () -> mark("history-2"));

        finish(List.of(), null);

        assertThat(new PendingStarts(lab.store).read().orElseThrow().value().runId())
                .isEqualTo("history-2");
    }

    @Test
    void aFollowUpThatCannotBeStartedIsAWarningAndTheMarkStays() {
        mark("history-1");
        sfn.refusal = "User is not authorized to perform: states:StartExecution";

        Summary summary = finish(List.of(), null);

        assertThat(summary.outcome()).isEqualTo("SUCCEEDED");
        assertThat(summary.warnings())
                .singleElement()
                .asString()
                .startsWith("A start that history asked for and that was skipped could not be made good: User is not");
        assertThat(lines.get(1)).contains("\"Warnings\":1");
        assertThat(lab.store.text(LakeLayout.PENDING_START)).isPresent();
    }

    private PendingStart mark(String runId) {
        PendingStart mark = new PendingStart(runId, RunInput.ofHistory(), WALL.instant());
        new PendingStarts(lab.store).mark(mark);
        return mark;
    }

    private Summary finish(List<RoomOutcome> rooms, @Nullable String report) {
        FinishRunHandler.Answer answer = new FinishRunHandler(
                        Lab.settings(), lab.s3, sfn, WALL, new Metrics("thermolake", WALL, lines::add))
                .handleRequest(new FinishRunHandler.Request(Lab.RUN, "SUCCEEDED", rooms, report, warnings), context);
        return lab.store.read(answer.summary(), Summary.class).orElseThrow().value();
    }
}
