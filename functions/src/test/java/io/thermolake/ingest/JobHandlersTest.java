package io.thermolake.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.RecordJson;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeGlue;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.reading.Columns;
import io.thermolake.reading.InputLine;
import io.thermolake.reading.Source;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import io.thermolake.run.Run;
import io.thermolake.run.RunPlan;
import io.thermolake.run.StepName;
import io.thermolake.run.store.Handles;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobHandlersTest {
    private static final Instant WALL = Instant.parse("2026-11-24T12:00:00Z");
    private static final String RAW = "raw/live/year=2026/month=03/day=30/hour=12/";

    private final Lab lab = new Lab();
    private final FakeGlue glue = new FakeGlue()
            .withTable("raw_live", "ts", "room_id", "temperature", "topic_room")
            .withTable("raw_history", "timestamp", "room", "value")
            .withTable("raw_external_db", "timestamp", "room_id", "temperature");

    @Test
    void theJobIsStartedWithItsListAndOnRecord() {
        planned(run(0), null, null, null, StepName.ExtractRooms);

        Progress progress = launch(run(0));

        assertThat(progress)
                .isEqualTo(Progress.running(
                        List.of(new Handle(Handle.Kind.JOB_RUN, "rooms", "jr_1", WALL, WALL.plusSeconds(3600)))));
        assertThat(new Handles(lab.store).of("run-1")).isEqualTo(progress.handles());
        assertThat(glue.started).singleElement().satisfies(job -> {
            assertThat(job.workerTypeAsString()).isEqualTo("G.1X");
            assertThat(job.numberOfWorkers()).isEqualTo(2);
            assertThat(job.arguments())
                    .isEqualTo(Map.of(
                            "--run_id", "run-1",
                            "--bucket", "lake",
                            "--inputs", "runs/run-1/inputs.jsonl",
                            "--base_partitions", "runs/run-1/base.jsonl",
                            "--attempt", "1",
                            "--now", "2026-03-31T00:00:00Z"));
        });
    }

    @Test
    void whatTheRunIsForIsToldToTheJob() {
        planned(
                run(0),
                Instant.parse("2026-03-30T00:00:00Z"),
                Instant.parse("2026-03-31T00:00:00Z"),
                List.of("lab", "office"),
                StepName.ExtractRooms);

        launch(run(0));

        assertThat(glue.started.get(0).arguments())
                .containsEntry("--from", "2026-03-30T00:00:00Z")
                .containsEntry("--to", "2026-03-31T00:00:00Z")
                .containsEntry("--rooms", "lab,office");
    }

    @Test
    void launchedTwiceThereIsOneJobRun() {
        planned(run(0), null, null, null, StepName.ExtractRooms);

        Progress first = launch(run(0));
        Progress second = launch(run(0));

        assertThat(second).isEqualTo(first);
        assertThat(glue.started).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTING", "RUNNING", "SUCCEEDED"})
    void itsOwnRunIsFoundAmongOthers(String state) {
        planned(run(0), null, null, null, StepName.ExtractRooms);
        glue.withJobRun("rooms", "jr_own", state, Map.of("--run_id", "run-1", "--attempt", "1"))
                .withJobRun("rooms", "jr_other", "RUNNING", Map.of("--run_id", "run-2"))
                .withJobRun("rooms", "jr_byhand", "RUNNING", Map.of());

        assertThat(launch(run(0)).handles()).extracting(Handle::id).containsExactly("jr_own");
        assertThat(glue.started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "STOPPED", "TIMEOUT"})
    void afterAFailedRunTheNextIsAnotherAttempt(String state) {
        planned(run(0), null, null, null, StepName.ExtractRooms);
        glue.withJobRun("rooms", "jr_a", state, Map.of("--run_id", "run-1", "--attempt", "1"))
                .withJobRun("rooms", "jr_b", state, Map.of("--run_id", "run-1", "--attempt", "2"))
                .withJobRun("rooms", "jr_other", state, Map.of("--run_id", "run-2", "--attempt", "1"));

        launch(run(0));

        assertThat(glue.started.get(0).arguments()).containsEntry("--attempt", "3");
    }

    @Test
    void theListHoldsEverySourceWithItsColumnsAndRank() {
        planned(run(0), null, null, null, StepName.ImportS3, StepName.ImportDatabase, StepName.ExtractRooms);
        lab.store.put("raw/imported/history/part-0.gz", "123456");
        lab.store.put("raw/imported/history/_SUCCESS", "");
        lab.store.put("raw/imported/external_db/run=run-1/part-0.csv", "1234");
        lab.store.put("raw/imported/external_db/run=run-0/part-0.csv", "older");

        launch(run(0));

        assertThat(inputs())
                .containsExactly(
                        new InputLine(
                                RAW + "a.gz", Source.LIVE, "json", new Columns("ts", "room_id", "temperature"), 10),
                        new InputLine(
                                RAW + "b.gz", Source.LIVE, "json", new Columns("ts", "room_id", "temperature"), 20),
                        new InputLine(
                                "raw/imported/history/part-0.gz",
                                Source.HISTORY,
                                "json",
                                new Columns("timestamp", "room", "value"),
                                6),
                        new InputLine(
                                "raw/imported/external_db/run=run-1/part-0.csv",
                                Source.EXTERNAL_DB,
                                "csv",
                                new Columns("timestamp", "room_id", "temperature"),
                                4));
    }

    @Test
    void theHistoryAsItCameIsCsvWhateverItsNameAndHiddenObjectsAreNoData() {
        planned(run(0), null, null, null, StepName.ImportS3, StepName.ExtractRooms);
        for (String key : List.of("EXPORT.CSV", "a.csv", "noname", "_a.csv", ".hidden/a.csv", "year/a.csv.gz")) {
            lab.store.put("raw/history/" + key, "1234");
        }

        launch(run(0));

        assertThat(inputs())
                .filteredOn(i -> i.source() == Source.HISTORY_FILE)
                .allMatch(i -> i.format().equals("csv"))
                .extracting(InputLine::object)
                .containsExactlyInAnyOrder(
                        "raw/history/EXPORT.CSV",
                        "raw/history/a.csv",
                        "raw/history/noname",
                        "raw/history/year/a.csv.gz");
    }

    @Test
    void theListIsWrittenOnce() {
        planned(run(0), null, null, null, StepName.ImportS3, StepName.ExtractRooms);
        lab.store.put("raw/imported/history/part-0.gz", "123456");
        launch(run(0));
        String list = lab.store.text(LakeLayout.inputs("run-1")).orElseThrow().value();

        lab.store.put("raw/imported/history/part-1.gz", "arrived meanwhile");
        glue.withJobRun("rooms", "jr_1", "FAILED", Map.of("--run_id", "run-1"));
        launch(run(0));

        assertThat(lab.store.text(LakeLayout.inputs("run-1")).orElseThrow().value())
                .isEqualTo(list);
        assertThat(glue.started).hasSize(2);
    }

    @Test
    void theLakeAsTheRunFoundItIsWrittenBesideIt() {
        lab.day("2026-03-29", "run-0", 10, minute -> 20).commit("run-0");
        lab.day("2026-03-30", "run-9", 10, minute -> 20).commit("run-9");
        planned(run(1), null, null, null, StepName.ExtractRooms);

        launch(run(1));

        assertThat(lab.store
                        .text(LakeLayout.basePartitions("run-1"))
                        .orElseThrow()
                        .value()
                        .lines())
                .singleElement()
                .satisfies(line -> assertThat(RecordJson.gson().<Map<String, String>>fromJson(line, Map.class))
                        .isEqualTo(Map.of(
                                "date", "2026-03-29",
                                "location", "lake/temperatures/date=2026-03-29/run=run-0/attempt=1/")));
    }

    @Test
    void theFirstRunFindsAnEmptyLake() {
        planned(run(0), null, null, null, StepName.ExtractRooms);

        launch(run(0));

        assertThat(lab.store
                        .text(LakeLayout.basePartitions("run-1"))
                        .orElseThrow()
                        .value())
                .isEmpty();
    }

    /** An empty list in its place would make the job drop the readings that the lake has. */
    @Test
    void aBaseManifestThatIsMissingStopsTheRun() {
        planned(run(4), null, null, null, StepName.ExtractRooms);

        assertThatThrownBy(() -> launch(run(4)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("manifests/000000004.json is missing");
        assertThat(glue.started).isEmpty();
    }

    @Test
    void aSourceThatWasNeverCrawledIsNamedWithWhatToDo() {
        FakeGlue uncrawled = new FakeGlue();
        planned(run(0), null, null, null, StepName.ExtractRooms);

        assertThatThrownBy(
                        () -> new LaunchJobHandler(Lab.settings(), uncrawled, lab.s3, Clock.fixed(WALL, ZoneOffset.UTC))
                                .handleRequest(new LaunchJobHandler.Request(run(0)), new FakeContext()))
                .isInstanceOf(PipelineException.class)
                .hasMessage(
                        "The table thermolake.raw_live is missing: the raw zone was never crawled. Start a run from CrawlRaw");
    }

    /** Such files stay where they are: a run that fails of them fails for ever. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void liveFilesInWhichTheCrawlFoundNoReadingAreReadByOurOwnNames(boolean anyRecord) {
        FakeGlue crawled = anyRecord ? new FakeGlue().withTable("raw_live", "nonsense") : new FakeGlue();
        planned(run(0), null, null, null, StepName.CrawlRaw, StepName.ExtractRooms);

        new LaunchJobHandler(Lab.settings(), crawled, lab.s3, Clock.fixed(WALL, ZoneOffset.UTC))
                .handleRequest(new LaunchJobHandler.Request(run(0)), new FakeContext());

        assertThat(inputs())
                .extracting(InputLine::columns)
                .containsOnly(new Columns("timestamp", "room_id", "temperature"));
    }

    @Test
    void aRunWithoutAPlanIsNamed() {
        assertThatThrownBy(() -> launch(run(0)))
                .isInstanceOf(PipelineException.class)
                .hasMessage("The plan of run run-1 is missing; start a new run");
    }

    @Test
    void aRunningJobIsAskedAgain() {
        glue.withJobRun("rooms", "jr_1", "RUNNING", Map.of("--attempt", "2"));

        assertThat(check(3599)).isEqualTo(Progress.running(List.of(handle())));
        assertThat(glue.stopped).isEmpty();
    }

    @Test
    void aJobThatEndedWellNamesItsAttempt() {
        glue.withJobRun("rooms", "jr_1", "SUCCEEDED", Map.of("--attempt", "2"));

        assertThat(check(9999).details())
                .isEqualTo(Map.of("attempt", 2, "result", "runs/run-1/extract/attempt=2/result.json"));
    }

    @Test
    void aFailedJobSaysWhyAndWhereItsLogIs() {
        glue.withJobRun("rooms", "jr_1", "FAILED", Map.of());

        assertThatThrownBy(() -> check(10))
                .isInstanceOf(JobFailedException.class)
                .hasMessage("Job rooms ended FAILED: Out of memory. Its log is /aws-glue/jobs/error, stream jr_1");
    }

    @Test
    void aJobThatIsOnPastItsDeadlineIsStoppedAndFails() {
        glue.withJobRun("rooms", "jr_1", "RUNNING", Map.of());

        assertThatThrownBy(() -> check(3600))
                .isInstanceOf(JobTimedOutException.class)
                .hasMessageContaining("Job rooms, run jr_1, was not done at 2026-11-24T13:00:00Z and was stopped");
        assertThat(glue.stopped).containsExactly("jr_1");
    }

    @Test
    void theVisualJobsTargetIsEmptiedAndNothingElse() {
        for (int i = 0; i < 1500; i++) {
            lab.s3.objects.put("raw/imported/history/part-%05d.gz".formatted(i), new byte[1]);
        }
        lab.store.put("raw/history/a.csv", "1");
        lab.store.put("raw/imported/external_db/run=run-1/part-0.csv", "1");

        ClearImportHandler.Answer answer = clear();

        assertThat(answer.deleted()).isEqualTo(1500);
        assertThat(lab.s3.objects)
                .containsOnlyKeys("raw/history/a.csv", "raw/imported/external_db/run=run-1/part-0.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTING", "RUNNING", "WAITING"})
    void noRunOfTheVisualJobAppendsBehindTheClearing(String state) {
        lab.store.put("raw/imported/history/part-0.gz", "old");
        glue.withJobRun("history", "jr_old", "SUCCEEDED", Map.of("--run_id", "run-0"))
                .withJobRun("history", "jr_lost", state, Map.of("--run_id", "run-1"))
                .withJobRun("rooms", "jr_other", "RUNNING", Map.of());

        assertThatThrownBy(this::clear)
                .isInstanceOf(ImportBusyException.class)
                .hasMessageContaining("jr_lost")
                .hasMessageContaining("raw/imported/history/");
        assertThat(glue.stopped).containsExactly("jr_lost");
        assertThat(lab.s3.objects).containsKey("raw/imported/history/part-0.gz");

        glue.withJobRun("history", "jr_lost", "STOPPING", Map.of());
        assertThatThrownBy(this::clear).isInstanceOf(ImportBusyException.class);
        assertThat(glue.stopped).containsExactly("jr_lost");

        glue.withJobRun("history", "jr_lost", "STOPPED", Map.of());
        assertThat(clear().deleted()).isEqualTo(1);
    }

    @Test
    void anOwnRunThatIsBeingStoppedIsNotJoined() {
        planned(run(0), null, null, null, StepName.ExtractRooms);
        glue.withJobRun("rooms", "jr_own", "STOPPING", Map.of("--run_id", "run-1", "--attempt", "1"));

        launch(run(0));

        assertThat(glue.started.get(0).arguments()).containsEntry("--attempt", "2");
    }

    private ClearImportHandler.Answer clear() {
        return new ClearImportHandler(Lab.settings(), lab.s3, glue)
                .handleRequest(new ClearImportHandler.Request(Lab.RUN, "history"), new FakeContext());
    }

    private List<InputLine> inputs() {
        return lab.store
                .text(LakeLayout.inputs("run-1"))
                .orElseThrow()
                .value()
                .lines()
                .map(InputLine::parse)
                .toList();
    }

    private void planned(
            Run run, @Nullable Instant from, @Nullable Instant to, @Nullable List<String> rooms, StepName... steps) {
        lab.store.put(
                LakeLayout.plan("run-1"),
                new RunPlan(
                        run,
                        "ImportHistory",
                        Arrays.stream(steps)
                                .collect(Collectors.toMap(Function.identity(), s -> new RunPlan.Step(true, "due"))),
                        List.of(new RunPlan.Live(RAW + "a.gz", 10), new RunPlan.Live(RAW + "b.gz", 20)),
                        from,
                        to,
                        rooms,
                        null,
                        "h",
                        Map.of(),
                        true,
                        List.of()));
    }

    private static Run run(long base) {
        return new Run("run-1", "arn:run-1", Lab.NOW, base);
    }

    private static Handle handle() {
        return new Handle(Handle.Kind.JOB_RUN, "rooms", "jr_1", WALL, WALL.plusSeconds(3600));
    }

    private Progress launch(Run run) {
        return new LaunchJobHandler(Lab.settings(), glue, lab.s3, Clock.fixed(WALL, ZoneOffset.UTC))
                .handleRequest(new LaunchJobHandler.Request(run), new FakeContext());
    }

    private Progress check(int secondsLater) {
        return new CheckJobHandler(glue, Clock.fixed(WALL.plusSeconds(secondsLater), ZoneOffset.UTC))
                .handleRequest(new CheckJobHandler.Request(Lab.RUN, List.of(handle())), new FakeContext());
    }
}
