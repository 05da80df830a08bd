package io.thermolake.plan;

import static io.thermolake.run.StepName.CommitRun;
import static io.thermolake.run.StepName.CrawlRaw;
import static io.thermolake.run.StepName.Detect;
import static io.thermolake.run.StepName.ExtractRooms;
import static io.thermolake.run.StepName.ImportDatabase;
import static io.thermolake.run.StepName.ImportS3;
import static io.thermolake.run.StepName.Report;
import static io.thermolake.run.StepName.StartEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.run.BadInputException;
import io.thermolake.run.Run;
import io.thermolake.run.RunInput;
import io.thermolake.run.RunPlan;
import io.thermolake.run.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {
    private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");
    private static final Run RUN = new Run("run-1", "arn", NOW, 3);

    /** A lake in which nothing is new. */
    private long manifest = 3;

    private List<String> known = List.of("kitchen", "lab");
    private List<RunPlan.Live> unread = List.of();
    private long historyObjects = 2;
    private @Nullable String importedHistory = "h1";
    private boolean hasDatabase = true;
    private @Nullable Instant databaseImportedAt = NOW.minus(Duration.ofHours(3));
    private @Nullable Instant mark = Instant.parse("2026-03-29T06:00:00Z");
    private Map<String, String> schemas = Map.of("live", "l1", "history", "h", "external_db", "d");
    private Map<String, String> crawled = Map.of("live", "l1", "history", "h", "external_db", "d");
    private Map<String, String> due = Map.of();
    private Map<String, String> silent = Map.of();
    private Map<String, String> hosted = Map.of("lab", "its model is SageMaker's");
    private boolean embedded;
    private boolean reported = true;

    @Test
    void withNothingNewNothingRunsAndEachStepSaysWhy() {
        RunPlan plan = plan(RunInput.none());

        assertThat(run(plan)).isEmpty();
        assertThat(plan.steps().get(ImportS3).reason())
                .isEqualTo("the 2 objects of raw/history/ have not changed since they were imported");
        assertThat(plan.steps().get(ImportDatabase).reason())
                .isEqualTo("the database is not due until 2026-03-31T21:00:00Z");
        assertThat(plan.steps().get(CrawlRaw).reason()).isEqualTo("the raw zone's schema has not changed");
        assertThat(plan.steps().get(ExtractRooms).reason())
                .isEqualTo("nothing new: all of 5 live objects are read and nothing is imported");
        assertThat(plan.steps().get(CommitRun).reason()).isEqualTo("nothing was extracted");
        assertThat(plan.steps().get(Detect).reason()).isEqualTo("every reading is scored and no model is due");
        assertThat(plan.steps().get(Report).reason()).isEqualTo("the report shows manifest 3");
        assertThat(plan.live()).isEmpty();
        assertThat(plan.due()).isEmpty();
        assertThat(plan.startFrom()).isEqualTo("ImportHistory");
    }

    @Test
    void anEmptyLakeWithEverythingNewRunsEverything() {
        manifest = 0;
        known = List.of();
        unread = live(2);
        importedHistory = null;
        databaseImportedAt = null;
        mark = null;
        crawled = Map.of();
        reported = false;

        RunPlan plan = plan(RunInput.none());

        assertThat(run(plan)).containsExactlyInAnyOrder(StepName.values());
        assertThat(plan.steps().get(ImportS3).reason()).isEqualTo("2 objects of history were never imported");
        assertThat(plan.steps().get(ImportDatabase).reason()).isEqualTo("the database was never imported");
        assertThat(plan.steps().get(CrawlRaw).reason())
                .isEqualTo("new or changed columns of external_db, history, live");
        assertThat(plan.steps().get(ExtractRooms).reason()).isEqualTo("2 of 5 live objects are unread");
        assertThat(plan.databaseSince()).isNull();
        assertThat(plan.live()).isEqualTo(live(2));
        assertThat(plan.schemas()).isEqualTo(schemas);
    }

    @Test
    void anEmptyLakeWithNothingNewHasNoReport() {
        manifest = 0;
        known = List.of();
        historyObjects = 0;
        hasDatabase = false;
        reported = false;

        RunPlan plan = plan(RunInput.none());

        assertThat(run(plan)).isEmpty();
        assertThat(plan.steps().get(ImportS3).reason()).isEqualTo("there is no history in raw/history/");
        assertThat(plan.steps().get(ImportDatabase).reason()).isEqualTo("the stack has no external database");
        assertThat(plan.steps().get(Report).reason()).isEqualTo("the lake is empty");
    }

    @Test
    void newLiveObjectsAloneAreExtracted() {
        unread = live(1);

        assertThat(run(plan(RunInput.none())))
                .containsExactlyInAnyOrder(ExtractRooms, CommitRun, Detect, StartEndpoint, Report);
    }

    @Test
    void changedHistoryIsImportedAndExtracted() {
        importedHistory = "h0";

        RunPlan plan = plan(RunInput.none());

        assertThat(run(plan))
                .containsExactlyInAnyOrder(ImportS3, ExtractRooms, CommitRun, Detect, StartEndpoint, Report);
        assertThat(plan.steps().get(ImportS3).reason()).isEqualTo("history has changed");
        assertThat(plan.steps().get(ExtractRooms).reason()).isEqualTo("the imports bring readings");
    }

    @Test
    void theDatabaseIsImportedWhenItIsDueFromItsMarkLessAnOverlap() {
        databaseImportedAt = NOW.minus(Duration.ofDays(1));

        RunPlan plan = plan(RunInput.none());

        assertThat(run(plan))
                .containsExactlyInAnyOrder(ImportDatabase, ExtractRooms, CommitRun, Detect, StartEndpoint, Report);
        assertThat(plan.databaseSince()).isEqualTo(Instant.parse("2026-03-29T04:00:00Z"));
    }

    @Test
    void onlyAChangedSchemaOfWhatIsReadIsCrawled() {
        unread = live(1);
        crawled = Map.of("live", "l0", "history", "h0");

        RunPlan plan = plan(RunInput.none());

        assertThat(plan.steps().get(CrawlRaw)).isEqualTo(new RunPlan.Step(true, "new or changed columns of live"));
        assertThat(plan.schemas()).isEqualTo(Map.of("live", "l1", "history", "h0"));
    }

    @Test
    void dueRoomsAreDetectedThoughNothingIsNew() {
        due = Map.of("lab", "it has no model", "attic", "its model is older than P30D");

        RunPlan plan = plan(RunInput.none());

        assertThat(run(plan)).containsExactlyInAnyOrder(Detect, StartEndpoint, Report);
        assertThat(plan.steps().get(Detect).reason())
                .isEqualTo("2 rooms are due, the first is attic: its model is older than P30D");
        assertThat(plan.due()).containsExactly("attic", "lab");
    }

    @Test
    void aSilentRoomIsLookedAtWithoutAnEndpoint() {
        silent = Map.of("lab", "its sensor is silent");

        RunPlan plan = plan(RunInput.none());

        assertThat(run(plan)).containsExactlyInAnyOrder(Detect, Report);
        assertThat(plan.due()).containsExactly("lab");
        assertThat(plan.steps().get(Detect).reason())
                .isEqualTo("1 rooms are due, the first is lab: its sensor is silent");
        assertThat(plan.steps().get(StartEndpoint)).isEqualTo(new RunPlan.Step(false, "no room that is due needs it"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // embedded, rooms that need it, new readings, due, runs, why
                "true,  -,       true,  -,       false, \"Detector is embedded, and no room's model is SageMaker's\"",
                "true,  kitchen, true,  -,       true,  kitchen needs it: why",
                "false, kitchen, true,  -,       true,  kitchen needs it: why",
                "false, -,       true,  -,       false, no room that is due needs it",
                "false, kitchen, false, kitchen, true,  kitchen needs it: why",
                "false, kitchen, false, lab,     false, no room that is due needs it",
                "false, kitchen, false, -,       false, nothing is detected",
            },
            quoteCharacter = '"')
    void anEndpointIsStartedOnlyWhereARoomNeedsIt(
            boolean isEmbedded,
            @Nullable String needs,
            boolean news,
            @Nullable String isDue,
            boolean runs,
            String reason) {
        embedded = isEmbedded;
        hosted = needs == null ? Map.of() : Map.of(needs, "why");
        unread = news ? live(1) : List.of();
        due = isDue == null ? Map.of() : Map.of(isDue, "it has no model");

        assertThat(plan(RunInput.none()).steps().get(StartEndpoint)).isEqualTo(new RunPlan.Step(runs, reason));
    }

    @Test
    void theFirstRunNeedsAnEndpointForRoomsThatNobodyKnowsYet() {
        manifest = 0;
        known = List.of();
        hosted = Map.of();
        unread = live(1);

        assertThat(plan(RunInput.none()).steps().get(StartEndpoint))
                .isEqualTo(new RunPlan.Step(true, "SageMaker trains rooms that are new"));
        embedded = true;
        assertThat(plan(RunInput.none()).steps().get(StartEndpoint).run()).isFalse();
    }

    @Test
    void forceLooksAtEveryRoom() {
        RunPlan plan = plan(input("Detect", null, true));

        assertThat(plan.due()).containsExactly("kitchen", "lab");
        assertThat(plan.steps().get(Detect).reason()).isEqualTo("2 rooms are due, the first is kitchen: force");
        assertThat(plan(input("Detect", List.of("lab"), true)).due()).containsExactly("lab");
    }

    @Test
    void dueRoomsOutsideTheRunsRoomsWait() {
        due = Map.of("lab", "it has no model", "kitchen", "it has no model");

        assertThat(plan(input("Detect", List.of("lab"), false)).due()).containsExactly("lab");
    }

    @Test
    void aManifestWithoutAReportGetsOne() {
        reported = false;

        RunPlan plan = plan(RunInput.none());

        assertThat(run(plan)).containsExactly(Report);
        assertThat(plan.steps().get(Report).reason()).isEqualTo("there is no report yet");
    }

    @Test
    void forceImportsCrawlsAndReadsEverythingAgain() {
        unread = live(5);

        RunPlan plan = plan(input(null, null, true));

        assertThat(run(plan)).containsExactlyInAnyOrder(StepName.values());
        assertThat(plan.steps().get(ImportS3).reason()).isEqualTo("force");
        assertThat(plan.steps().get(ImportDatabase).reason()).isEqualTo("force");
        assertThat(plan.steps().get(CrawlRaw).reason()).isEqualTo("force");
        assertThat(plan.databaseSince()).isNull();
    }

    @Test
    void forceDoesNotImportWhatDoesNotExist() {
        historyObjects = 0;
        hasDatabase = false;

        assertThat(run(plan(input(null, null, true)))).doesNotContain(ImportS3, ImportDatabase);
    }

    @ParameterizedTest
    @EnumSource(
            value = StepName.class,
            names = {"CrawlRaw", "ExtractRooms", "Detect", "Report"})
    void whatLiesBeforeTheStepToStartFromIsLeftOut(StepName first) {
        unread = live(1);
        importedHistory = null;
        databaseImportedAt = null;
        crawled = Map.of();
        due = Map.of("lab", "it has no model");
        reported = false;

        RunPlan plan = plan(input(first.name(), null, false));

        Set<StepName> before = EnumSet.range(ImportS3, StepName.values()[first.ordinal() - 1]);
        assertThat(run(plan)).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(before)));
        assertThat(plan.startFrom()).isEqualTo(first.name());
        before.forEach(
                step -> assertThat(plan.steps().get(step).reason()).isEqualTo("the run starts from " + first.name()));
        assertThat(plan.live()).isEqualTo(first.ordinal() <= ExtractRooms.ordinal() ? live(1) : List.of());
    }

    @Test
    void importsAreNotPutOffByAStartFromThem() {
        importedHistory = null;

        assertThat(run(plan(input("ImportHistory", null, false)))).contains(ImportS3);
    }

    @Test
    void aCrawlOrAReportThatIsNotDueRunsWhenTheRunStartsFromIt() {
        assertThat(run(plan(input("CrawlRaw", null, false)))).containsExactly(CrawlRaw);
        assertThat(run(plan(input("Report", null, false)))).containsExactly(Report);
        assertThat(plan(input("Report", null, false)).steps().get(Report).reason())
                .isEqualTo("the run starts from it");
    }

    @Test
    void aStepThatHasNothingToDoSaysSoThoughTheRunStartsFromIt() {
        RunPlan extract = plan(input("ExtractRooms", null, false));
        RunPlan detect = plan(input("Detect", null, false));

        assertThat(run(extract)).isEmpty();
        assertThat(extract.steps().get(ExtractRooms).reason())
                .startsWith("nothing new: all of 5 live objects are read");
        assertThat(run(detect)).isEmpty();
        assertThat(detect.steps().get(Detect).reason()).isEqualTo("every reading is scored and no model is due");
    }

    /** What is extracted by no run is not scored by it either, and makes no report due. */
    @Test
    void aRunThatStartsFromDetectionPromisesNoNewReadings() {
        unread = live(1);

        RunPlan plan = plan(input("Detect", null, false));

        assertThat(run(plan)).isEmpty();
        assertThat(plan.steps().get(Detect).reason()).isEqualTo("every reading is scored and no model is due");
        assertThat(plan.steps().get(Report).reason()).isEqualTo("the report shows manifest 3");
    }

    @Test
    void anEmptyLakeHasNoReportThoughTheRunStartsFromIt() {
        manifest = 0;
        known = List.of();

        assertThat(plan(input("Report", null, false)).steps().get(Report))
                .isEqualTo(new RunPlan.Step(false, "the lake is empty"));
    }

    /** Else the next run would take a schema for crawled that no crawler has seen. */
    @Test
    void aSchemaIsCrawledOnlyWhereTheCrawlIsNotLeftOut() {
        unread = live(1);
        crawled = Map.of("live", "l0");

        assertThat(plan(input("ExtractRooms", null, false)).schemas()).isEqualTo(Map.of("live", "l0"));
        assertThat(plan(input("CrawlRaw", null, false)).schemas()).isEqualTo(Map.of("live", "l1"));
    }

    @Test
    void aRoomThatTheLakeDoesNotKnowIsRefusedWithThoseItKnows() {
        assertThatThrownBy(() -> plan(input(null, List.of("lab", "attic"), false)))
                .isInstanceOf(BadInputException.class)
                .hasMessage("The lake knows no room 'attic'; it knows kitchen, lab");
    }

    @Test
    void ofManyRoomsTwentyAreNamed() {
        known = java.util.stream.IntStream.range(100, 125)
                .mapToObj(i -> "room-" + i)
                .toList();

        assertThatThrownBy(() -> plan(input(null, List.of("attic"), false)))
                .hasMessageContaining("room-119 and 5 more")
                .hasMessageNotContaining("room-120");
    }

    @Test
    void anEmptyLakeKnowsNoRoomsYet() {
        manifest = 0;
        known = List.of();
        unread = live(1);

        assertThat(plan(input(null, List.of("attic"), false)).rooms()).containsExactly("attic");
    }

    private RunPlan plan(RunInput input) {
        return Planner.plan(
                RUN,
                input,
                new Survey(
                        new Survey.Committed(manifest, known, reported),
                        new Survey.LiveObjects(unread, 5, false),
                        new Survey.HistoryState(historyObjects, "h1", importedHistory),
                        new Survey.DatabaseState(
                                hasDatabase, databaseImportedAt, mark, Duration.ofDays(1), Duration.ofHours(2)),
                        new Survey.Schemas(new TreeMap<>(schemas), crawled),
                        new RoomsDue(embedded, due, silent, new TreeMap<>(hosted))));
    }

    private static RunInput input(@Nullable String startFrom, @Nullable List<String> rooms, boolean force) {
        return new RunInput(null, null, startFrom, null, null, rooms, force, null);
    }

    private static Set<StepName> run(RunPlan plan) {
        Set<StepName> run = EnumSet.noneOf(StepName.class);
        Arrays.stream(StepName.values()).filter(plan::runs).forEach(run::add);
        return run;
    }

    private static List<RunPlan.Live> live(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> new RunPlan.Live("raw/live/%d.gz".formatted(i), 10))
                .toList();
    }
}
