package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.TaskException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the project's machines do when all goes well, and when one thing does not. */
class OwnMachinesTest extends OwnMachines {
    @Test
    void aWholeRunSucceeds() {
        everythingAnswers(true);
        assertThat(run("pipeline", Map.of()))
                .isEqualTo(new ExecutionResult.Succeeded(
                        Map.of("outcome", "SUCCEEDED", "run", "r1", "summary", "runs/r1/summary.json")));
        assertThat(calls)
                .contains("HistoryJob", "DatabaseJob", "CommitRun", "PublishReport")
                .containsSubsequence("ClearImport", "HistoryJob", "LaunchJob", "CommitRun", "StartEndpoint");
        assertThat(calls.stream().filter("ScorePartitions"::equals)).hasSize(2);
    }

    @Test
    void aRunWithNothingNewCallsNothingButPlanAndFinish() {
        everythingAnswers(false);
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(calls).containsExactly("PlanRun", "FinishRun");
    }

    @Test
    void anotherRunThatIsOnSkipsThisOne() {
        on("PlanRun", "{\"outcome\":\"SKIPPED\",\"reason\":\"run r0 is on\"}");
        assertThat(run("pipeline", Map.of()))
                .isEqualTo(
                        new ExecutionResult.Succeeded(Map.of("outcome", "SKIPPED", "reason", "skipped: run r0 is on")));
    }

    @Test
    void aFailedBranchDoesNotHideTheOtherAndTheRedriveRunsItAlone() {
        everythingAnswers(true);
        boolean[] broken = {true};
        functions.put("DatabaseJob", payload -> {
            if (broken[0]) {
                throw new TaskException("States.TaskFailed", "no way to the database");
            }
            return "{}";
        });
        ExecutionResult result = run("pipeline", Map.of());
        assertThat(result)
                .isEqualTo(new ExecutionResult.Failed(
                        "RunFailed", "ImportHistory: ImportDatabase: no way to the database"));
        assertThat(calls).containsOnlyOnce("HistoryJob");
        broken[0] = false;
        ExecutionResult again = finish(engine.redrive(
                definition("pipeline"),
                identity("pipeline"),
                Map.of(),
                listener("pipeline"),
                snapshot,
                1,
                history.size()));
        assertThat(again.status()).isEqualTo("SUCCEEDED");
        assertThat(calls).containsOnlyOnce("HistoryJob");
        assertThat(calls.stream().filter("DatabaseJob"::equals)).hasSize(2);
    }

    @Test
    void aFailedRoomIsNamedAndTheOthersGoOnAndTheEndpointGoesDown() {
        everythingAnswers(true);
        functions.put("PromoteModel", payload -> {
            if (payload.get("room").equals("lab")) {
                throw new TaskException("ModelError", "broken forest");
            }
            return "{\"version\":\"v\"}";
        });
        List<Object> failed = new ArrayList<>();
        functions.put("PublishReport", payload -> {
            failed.addAll((List<?>) payload.get("failedRooms"));
            return "{\"report\":\"r\"}";
        });
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(failed).containsExactly(Map.of("room", "lab", "error", "ModelError", "cause", "broken forest"));
        assertThat(calls).contains("DeleteEndpoint");
        assertThat(calls.stream().filter("ScorePartitions"::equals)).hasSize(1);
    }

    @Test
    void anEndpointThatFailsIsTakenDownAndFailsTheRun() {
        everythingAnswers(true);
        functions.put("CheckEndpoint", payload -> {
            throw new TaskException("EndpointFailed", "no capacity");
        });
        assertThat(run("pipeline", Map.of())).isEqualTo(new ExecutionResult.Failed("RunFailed", "Detect: no capacity"));
        assertThat(calls).contains("DeleteEndpoint").doesNotContain("FinishRun");
    }

    @Test
    void awaitAsksLessAndLessOftenAndGivesUpInTheEnd() {
        on("Start", "{\"state\":\"RUNNING\",\"handles\":[{\"id\":\"i\"}],\"details\":{}}");
        on("Check", "{\"state\":\"RUNNING\",\"handles\":[{\"id\":\"i\"}],\"details\":{}}");
        ExecutionResult result =
                run("await", Map.of("start", "Start", "check", "Check", "request", Map.of("run", Map.of())));
        assertThat(result.status()).isIn("SUCCEEDED", "TIMED_OUT");
        assertThat(history.size()).isLessThan(20_000);
        assertThat(calls.size()).isGreaterThan(1000);
    }

    @Test
    void awaitsFailureIsItsOutput() {
        on("Start", "{\"state\":\"RUNNING\",\"handles\":[],\"details\":{}}");
        functions.put("Check", payload -> {
            throw new TaskException("io.thermolake.ingest.CrawlFailedException", "it failed");
        });
        assertThat(run("await", Map.of("start", "Start", "check", "Check", "request", Map.of())))
                .isEqualTo(new ExecutionResult.Succeeded(Map.of(
                        "outcome", "FAILED",
                        "error", "io.thermolake.ingest.CrawlFailedException",
                        "cause", "it failed")));
    }

    @Test
    void aRoomWithoutEnoughDataIsWatchedByItsSensorsRulesAndSaysSo() {
        on("ScorePartitions", "{\"done\":true,\"scored\":7,\"alarms\":1,\"version\":null}");
        on(
                "StartTraining",
                "{\"state\":\"SUCCEEDED\",\"handles\":[],\"details\":{\"needed\":false,\"reason\":\"too little data\"}}");
        assertThat(run("room", Map.of("run", Map.of(), "room", "lab", "endpoint", "e")))
                .isEqualTo(new ExecutionResult.Succeeded(Map.of(
                        "room",
                        "lab",
                        "outcome",
                        "NO_MODEL",
                        "reason",
                        "too little data",
                        "scored",
                        7L,
                        "alarms",
                        1L)));
    }
}
