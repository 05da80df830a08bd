package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault that the project's machines have a handler for, one at a time; together they reach every part of them. */
class OwnMachinesFaultsTest extends OwnMachines {
    private static final String FAILING = "Data Pipeline Failure";

    @AfterAll
    static void everyStateRuleRetrierAndCatcherIsReached() {
        MACHINES.values().forEach(machine -> System.out.print(machine.coverage().report()));
        assertThat(MACHINES.values().stream()
                        .flatMap(m -> m.coverage().missed().stream().map(part -> m.name() + part)))
                .isEmpty();
    }

    /** Machine, state, and an error of each of its retriers. */
    static Stream<Arguments> retriedErrors() {
        return tasks().flatMap(task -> Json.list(task.json().get("Retry")).stream()
                .map(retrier -> Arguments.of(
                        task.machine(),
                        task.name(),
                        Json.list(Json.object(retrier).get("ErrorEquals")).get(0))));
    }

    static Stream<Arguments> caughtTasks() {
        return tasks().filter(task -> task.json().containsKey("Catch"))
                .map(task -> Arguments.of(task.machine(), task.name()));
    }

    private record TaskState(String machine, String name, Map<String, Object> json) {}

    private static Stream<TaskState> tasks() {
        return MACHINES.values().stream()
                .flatMap(machine -> tasks(
                        machine.name(),
                        Json.object(Json.parse(machine.definition().text()))));
    }

    private static Stream<TaskState> tasks(String machine, Map<String, Object> scope) {
        List<TaskState> found = new ArrayList<>();
        Json.object(scope.get("States")).forEach((name, value) -> {
            Map<String, Object> state = Json.object(value);
            if ("Task".equals(state.get("Type"))) {
                found.add(new TaskState(machine, name, state));
            }
            Json.list(state.get("Branches"))
                    .forEach(b -> tasks(machine, Json.object(b)).forEach(found::add));
            tasks(machine, Json.object(state.get("ItemProcessor"))).forEach(found::add);
        });
        return found.stream();
    }

    private void fault(String machine, String state, String error) {
        faults.put(machine + "/" + state, new ArrayDeque<>(List.of(new TaskException(error, "by plan"))));
    }

    @ParameterizedTest
    @MethodSource("retriedErrors")
    void anErrorThatPassesIsRetriedAndTheRunSucceeds(String machine, String state, String error) {
        everythingAnswers(true);
        fault(machine, state, error);
        if (state.equals(FAILING)) {
            fault("pipeline", "CommitRun", "Broken");
        }
        ExecutionResult result = run("pipeline", Map.of());
        assertThat(result.status()).isEqualTo(state.equals(FAILING) ? "FAILED" : "SUCCEEDED");
        assertThat(faults.values()).allMatch(Deque::isEmpty);
    }

    @ParameterizedTest
    @MethodSource("caughtTasks")
    void anErrorThatStaysIsCaughtAndTheRunEndsWithAnAnswer(String machine, String state) {
        everythingAnswers(true);
        fault(machine, state, "Broken");
        ExecutionResult result = run("pipeline", Map.of());
        if (result instanceof ExecutionResult.Failed failed) {
            assertThat(failed.error()).isEqualTo("RunFailed");
            assertThat(failed.cause()).contains("by plan");
        } else {
            assertThat(result.status()).isEqualTo("SUCCEEDED");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ImportS3, ImportHistory",
        "Report, DetectAndQuery",
    })
    void aPlanThatIsNotWhatItShouldBeFailsTheRunByName(String step, String state) {
        everythingAnswers(true);
        on(
                "PlanRun",
                PLAN.formatted(true).replace("\"" + step + "\":{\"run\":true", "\"" + step + "\":{\"run\":\"maybe\""));
        assertThat(run("pipeline", Map.of()))
                .isInstanceOfSatisfying(
                        ExecutionResult.Failed.class,
                        failed -> assertThat(failed.cause()).contains("Expected 'boolean', but was 'string'"));
        assertThat(coverage("pipeline").missed()).doesNotContain("/States/" + state + "/Catch[0]");
    }

    @Test
    void roomsThatAreNoListTakeTheEndpointDown() {
        everythingAnswers(true);
        on("CommitRun", "{\"manifest\":1,\"rooms\":\"lab\"}");
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("FAILED");
        assertThat(calls).contains("DeleteEndpoint");
    }

    @ParameterizedTest
    @CsvSource({"CrawlRaw", "ExtractRooms", "CommitRun", "Detect", "Report", "Finish"})
    void aRunStartsWhereThePlanSays(String step) {
        everythingAnswers(true);
        on(
                "PlanRun",
                PLAN.formatted(true).replace("\"startFrom\":\"ImportHistory\"", "\"startFrom\":\"" + step + "\""));
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(calls).doesNotContain("HistoryJob");
    }

    @Test
    void aStepThatDoesNotExistIsNamed() {
        everythingAnswers(true);
        on("PlanRun", PLAN.formatted(true).replace("\"startFrom\":\"ImportHistory\"", "\"startFrom\":\"Nowhere\""));
        assertThat(run("pipeline", Map.of()))
                .isEqualTo(
                        new ExecutionResult.Failed("RunFailed", "StartFrom: There is no step Nowhere to start from"));
    }

    @Test
    void aPlanMayBeMadeAnew() {
        everythingAnswers(true);
        boolean[] first = {true};
        functions.put("PlanRun", payload -> {
            String from = first[0] ? "PlanRun" : "ImportHistory";
            first[0] = false;
            return PLAN.formatted(true).replace("\"startFrom\":\"ImportHistory\"", "\"startFrom\":\"" + from + "\"");
        });
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(calls.stream().filter("PlanRun"::equals)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "history, ImportHistory: ImportS3: no table",
        "external_db, ImportHistory: ImportDatabase: no table",
        "raw, CrawlRaw: no table",
    })
    void aCrawlThatFailsFailsItsStep(String crawler, String cause) {
        everythingAnswers(true);
        functions.put("StartCrawler", payload -> {
            if (crawler.equals(payload.get("crawler"))) {
                throw new TaskException("CrawlFailed", "no table");
            }
            return "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{}}";
        });
        assertThat(run("pipeline", Map.of())).isEqualTo(new ExecutionResult.Failed("RunFailed", cause));
    }

    @Test
    void aJobThatFailsFailsItsStep() {
        everythingAnswers(true);
        functions.put("CheckJob", payload -> {
            throw new TaskException("JobFailed", "out of memory");
        });
        assertThat(run("pipeline", Map.of()))
                .isEqualTo(new ExecutionResult.Failed("RunFailed", "ExtractRooms: out of memory"));
    }

    @Test
    void theDatabaseIsNotImportedAgainWhenOnlyTheHistoryHadFailed() {
        everythingAnswers(true);
        fault("pipeline", "RunHistoryJob", "States.TaskFailed");
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("FAILED");
        assertThat(redrive().status()).isEqualTo("SUCCEEDED");
        assertThat(calls).containsOnlyOnce("DatabaseJob");
    }

    @Test
    void theHistoryIsNotImportedAgainWhenOnlyTheDatabaseHadFailed() {
        everythingAnswers(true);
        fault("pipeline", "RunDatabaseJob", "States.TaskFailed");
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("FAILED");
        assertThat(redrive().status()).isEqualTo("SUCCEEDED");
        assertThat(calls).containsOnlyOnce("HistoryJob");
    }

    @Test
    void aStartOfTheHistoryJobWhoseAnswerIsLostIsTriedAgainSixTimes() {
        everythingAnswers(true);
        faults.put(
                "pipeline/RunHistoryJob",
                new ArrayDeque<>(
                        Collections.nCopies(6, new TaskException("Glue.InternalServiceException", "by plan"))));
        assertThat(run("pipeline", Map.of()))
                .isEqualTo(new ExecutionResult.Failed("RunFailed", "ImportHistory: ImportS3: by plan"));
        assertThat(calls.stream().filter("ClearImport"::equals)).hasSize(6);
        assertThat(redrive().status()).isEqualTo("SUCCEEDED");
        assertThat(calls).containsOnlyOnce("HistoryJob", "DatabaseJob");
    }

    @Test
    void aRunOfWhichEveryRoomFailedIsNoSuccess() {
        everythingAnswers(true);
        functions.put("ScorePartitions", payload -> {
            throw new TaskException("ModelError", "");
        });
        assertThat(run("pipeline", Map.of()))
                .isEqualTo(
                        new ExecutionResult.Failed(
                                "RunFailed",
                                "Detect: The detection of 2 of 2 rooms failed, 2 of them with ModelError, such as lab: no cause was given"));
    }

    private ExecutionResult redrive() {
        return finish(engine.redrive(
                definition("pipeline"),
                identity("pipeline"),
                Map.of(),
                listener("pipeline"),
                snapshot,
                1,
                history.size()));
    }

    @Test
    void anEndpointThatFailsIsNoCapacity() {
        everythingAnswers(true);
        functions.put("CheckEndpoint", payload -> {
            throw new TaskException("EndpointFailed", "no capacity");
        });
        assertThat(run("pipeline", Map.of())).isEqualTo(new ExecutionResult.Failed("RunFailed", "Detect: no capacity"));
    }

    @Test
    void awaitGivesUpOnAnAnswerThatItDoesNotKnow() {
        on("Start", "{\"state\":\"RUNNING\",\"handles\":[],\"details\":{}}")
                .on("Check", "{\"state\":\"PAUSED\",\"handles\":[]}");
        ExecutionResult result = run("await", Map.of("start", "Start", "check", "Check", "request", Map.of()));
        assertThat(result)
                .isInstanceOfSatisfying(
                        ExecutionResult.Succeeded.class,
                        answered -> assertThat(Json.object(answered.output())).containsEntry("error", "AwaitGaveUp"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StartTraining | !no data at all | FAILED",
                "StartTraining | {\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{\"needed\":false,\"version\":\"v\"}} | SUCCEEDED",
                "ScorePartitions | {\"done\":true,\"scored\":7,\"alarms\":0} | NO_MODEL",
                "ScorePartitions | {\"done\":true,\"scored\":7,\"alarms\":0,\"version\":null} | NO_MODEL",
                "ScorePartitions | {\"done\":false,\"cursor\":\"c\",\"scored\":1} | FAILED",
            })
    void aRoomsAnswerTellsHowItWent(String function, String answer, String outcome) {
        everythingAnswers(true);
        functions.put(function, payload -> {
            if (answer.startsWith("!")) {
                throw new TaskException("NotTrained", answer.substring(1));
            }
            return answer;
        });
        ExecutionResult result = run("room", Map.of("run", Map.of(), "room", "lab", "endpoint", "e"));
        assertThat(result)
                .isInstanceOfSatisfying(
                        ExecutionResult.Succeeded.class,
                        answered -> assertThat(Json.object(answered.output()))
                                .containsEntry("outcome", outcome)
                                .containsEntry("room", "lab"));
    }

    private static final String QUOTA = "io.thermolake.model.QuotaExceededException";

    /** A function's failure as Lambda hands it on. */
    private static TaskException refused(String message) {
        return new TaskException(
                QUOTA, "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + QUOTA + "\",\"stackTrace\":[]}");
    }

    /** A training that SageMaker refuses; without it the room is trained at once. */
    private void trainingIsRefused() {
        functions.put("StartTraining", payload -> {
            if (payload.get("refused") == null) {
                throw refused("no more");
            }
            return "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{\"needed\":true,\"version\":\"w\"}}";
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{\"done\":true,\"scored\":7,\"alarms\":1,\"version\":\"w\"} | SUCCEEDED | none",
                "!no such model | FAILED | ModelError",
            })
    void aRoomThatMayNotBeTrainedBySageMakerIsTrainedWithoutIt(String scored, String outcome, String error) {
        everythingAnswers(true);
        trainingIsRefused();
        functions.put("ScorePartitions", payload -> {
            if (scored.startsWith("!")) {
                throw new TaskException("ModelError", scored.substring(1));
            }
            return scored;
        });
        ExecutionResult result = run("room", Map.of("run", Map.of(), "room", "lab", "endpoint", "e"));
        assertThat(result).isInstanceOfSatisfying(ExecutionResult.Succeeded.class, answered -> {
            Map<String, Object> answer = Json.object(answered.output());
            assertThat(answer).containsEntry("outcome", outcome).containsEntry("refused", "no more");
            assertThat(answer.get("error")).isEqualTo(error);
        });
        assertThat(calls.stream().filter("StartTraining"::equals)).hasSize(2);
        assertThat(calls).contains("PromoteModel");
    }

    @Test
    void aRefusalWithoutSageMakerIsAFailure() {
        everythingAnswers(true);
        functions.put("StartTraining", payload -> {
            throw refused("no more");
        });
        assertThat(run("room", Map.of("run", Map.of(), "room", "lab", "endpoint", "e")))
                .isInstanceOfSatisfying(
                        ExecutionResult.Succeeded.class,
                        answered -> assertThat(Json.object(answered.output()))
                                .containsEntry("outcome", "FAILED")
                                .containsEntry("refused", "no more")
                                .containsEntry("room", "lab"));
    }

    @Test
    void refusedTrainingIsTheRunsToTell() {
        everythingAnswers(true);
        List<Object> refusals = refusals();
        trainingIsRefused();
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(refusals)
                .containsExactly(
                        Map.of("room", "lab", "why", "no more", "scored", true),
                        Map.of("room", "office", "why", "no more", "scored", true));
    }

    @ParameterizedTest
    @CsvSource({"[\"lab\"], 1", "'[\"lab\",\"office\"]', 2"})
    void withoutTheEndpointThatTheAccountMayNotHaveRoomsAreDetectedAllTheSame(String rooms, int number) {
        everythingAnswers(true);
        trainingIsRefused();
        on("CommitRun", "{\"manifest\":1,\"rooms\":" + rooms + "}");
        List<Object> refusals = refusals();
        List<Object> endpoints = new ArrayList<>();
        functions.put("StartEndpoint", payload -> {
            throw refused("no endpoint");
        });
        functions.put("ScorePartitions", payload -> {
            endpoints.add(payload.get("endpoint"));
            return "{\"done\":true,\"scored\":7,\"alarms\":1,\"version\":\"w\"}";
        });
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(refusals).hasSize(number).contains(Map.of("room", "lab", "why", "no endpoint", "scored", true));
        assertThat(endpoints).hasSize(number).containsOnly("");
        assertThat(calls).contains("DeleteEndpoint", "FinishRun");
    }

    @Test
    void whereNoRoomNeedsAnEndpointNoneIsStarted() {
        everythingAnswers(true);
        on(
                "PlanRun",
                PLAN.formatted(true).replace("\"StartEndpoint\":{\"run\":true", "\"StartEndpoint\":{\"run\":false"));
        List<Object> refusals = refusals();
        functions.put("StartTraining", payload -> {
            assertThat(payload.get("endpoint")).isEqualTo("");
            return "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{\"needed\":true,\"version\":\"w\"}}";
        });
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(calls).contains("ScorePartitions").doesNotContain("StartEndpoint");
        assertThat(refusals).isEmpty();
    }

    @Test
    void aForcedRunTrainsEveryRoom() {
        everythingAnswers(true);
        on("PlanRun", PLAN.formatted(true).replace("\"force\":false", "\"force\":true"));
        List<Object> forced = new ArrayList<>();
        functions.put("StartTraining", payload -> {
            forced.add(payload.get("force"));
            return "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{\"needed\":true,\"version\":\"w\"}}";
        });
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(forced).containsExactly(true, true);
    }

    /** @return what PublishReport was told */
    private List<Object> refusals() {
        List<Object> refusals = new ArrayList<>();
        functions.put("PublishReport", payload -> {
            refusals.addAll((List<?>) payload.get("refusals"));
            return "{\"report\":\"r\"}";
        });
        return refusals;
    }

    @ParameterizedTest
    @CsvSource({
        "PromoteModel,   18, SUCCEEDED",
        "PromoteModel,   19, FAILED",
        "Score,          18, SUCCEEDED",
        "Score,          19, FAILED",
    })
    void aModelThatIsBeingLoadedIsWaitedForThreeMinutes(String state, int notReady, String outcome) {
        everythingAnswers(true);
        faults.put(
                "room/" + state,
                new ArrayDeque<>(Collections.nCopies(
                        notReady,
                        new TaskException(
                                "software.amazon.awssdk.services.sagemakerruntime.model.ModelNotReadyException",
                                "loading"))));
        Instant before = now();
        ExecutionResult result = run("room", Map.of("run", Map.of(), "room", "lab", "endpoint", "e"));
        assertThat(result)
                .isInstanceOfSatisfying(
                        ExecutionResult.Succeeded.class,
                        answered -> assertThat(Json.object(answered.output())).containsEntry("outcome", outcome));
        // The wait for the training is 5 s.
        assertThat(Duration.between(before, now())).isEqualTo(Duration.ofSeconds(18 * 10 + 5));
    }

    /** @return what FinishRun was told */
    private List<Object> warnings() {
        List<Object> warnings = new ArrayList<>();
        functions.put("FinishRun", payload -> {
            warnings.addAll((List<?>) payload.get("warnings"));
            return "{\"summary\":\"runs/r1/summary.json\"}";
        });
        return warnings;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"IngestionStatus\":\"FAILED\",\"ErrorInfo\":{\"Message\":\"no SPICE left\"}} | IngestionFAILED: no SPICE left",
                "{\"IngestionStatus\":\"CANCELLED\"} | IngestionCANCELLED: after 1 looks at ingestion r1-0",
                "{\"IngestionStatus\":\"RUNNING\"} | IngestionRUNNING: after 90 looks at ingestion r1-0",
            })
    void aDashboardThatIsNotRefreshedIsAWarningAndNoFailure(String ingestion, String warning) {
        everythingAnswers(true);
        List<Object> warnings = warnings();
        functions.put(
                "DescribeIngestion",
                call -> call.get("DataSetId").equals("lake-daily")
                        ? "{\"Ingestion\":" + ingestion + "}"
                        : "{\"Ingestion\":{\"IngestionStatus\":\"COMPLETED\"}}");
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(warnings).containsExactly("The dashboard data set lake-daily was not refreshed: " + warning);
    }

    @Test
    void anIngestionThatWasStartedBeforeIsAwaited() {
        everythingAnswers(true);
        List<Object> warnings = warnings();
        List<Object> asked = new ArrayList<>();
        functions.put("CreateIngestion", call -> {
            asked.add(call.get("AwsAccountId") + "/" + call.get("DataSetId") + "/" + call.get("IngestionId"));
            throw new TaskException("QuickSight.ResourceExistsException", "it is there");
        });
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(asked).containsExactly("000000000000/lake-hourly/r1-0", "000000000000/lake-daily/r1-0");
        assertThat(calls.stream().filter("DescribeIngestion"::equals)).hasSize(2);
        assertThat(warnings).isEmpty();
    }

    @Test
    void anAnswerOfQuickSightThatNobodyUnderstandsIsAWarningToo() {
        everythingAnswers(true);
        List<Object> warnings = warnings();
        on("DescribeIngestion", "{}");
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(warnings)
                .hasSize(2)
                .allSatisfy(warning ->
                        assertThat(warning).asString().contains("was not refreshed: States.QueryEvaluationError"));
    }

    @Test
    void evenARunThatNamesNoIngestionSucceeds() {
        everythingAnswers(true);
        List<Object> warnings = warnings();
        on("PlanRun", PLAN.formatted(true).replace("\"id\":\"r1\"", "\"id\":7"));
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(warnings).singleElement().asString().startsWith("The dashboards were not refreshed: States.");
    }

    @Test
    void withoutDashboardsNobodyAsksQuickSight() {
        everythingAnswers(true);
        List<Object> warnings = warnings();
        assertThat(runWithoutDashboards().status()).isEqualTo("SUCCEEDED");
        assertThat(calls).contains("FinishRun").doesNotContain("CreateIngestion");
        assertThat(warnings).isEmpty();
    }

    @Test
    void nothingToDoAndNobodyElseAtItAreReachedToo() {
        everythingAnswers(false);
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        on("PlanRun", "{\"outcome\":\"SKIPPED\",\"reason\":\"run r0 is on\"}");
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
    }
}
