package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.Json;
import io.thermolake.asl.TaskException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was started although its answer was lost is never started a second time behind anybody's back. */
class LostAnswersTest extends OwnMachines {
    private static final String GLUE = "software.amazon.awssdk.services.glue.model.";

    /** Files that the history job, which appends, has put into its target. */
    private int imported;

    private boolean jobIsOn;

    private void appendingHistory() {
        everythingAnswers(true);
        functions.put("ClearImport", payload -> {
            if (jobIsOn) {
                jobIsOn = false;
                throw new TaskException("io.thermolake.ingest.ImportBusyException", "it is being stopped");
            }
            imported = 0;
            return "{\"deleted\":0}";
        });
        functions.put("HistoryJob", payload -> {
            imported++;
            return "{}";
        });
    }

    private void loseTheFirstAnswers(int lost, String error, boolean goesOn) {
        functions.put("HistoryJob", payload -> {
            imported++;
            if (calls.stream().filter("HistoryJob"::equals).count() <= lost) {
                jobIsOn = goesOn;
                throw new TaskException(error, "the answer was lost");
            }
            return "{}";
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Glue.InternalServiceException,     1, false",
        "Glue.OperationTimeoutException,    2, false",
        "Glue.SdkClientException,           5, false",
        "Glue.InternalServiceException,     1, true",
        "Glue.ConcurrentRunsExceededException, 3, true",
    })
    void theHistoryJobIsNeverStartedBehindAnImportThatWasNotCleared(String error, int lost, boolean goesOn) {
        appendingHistory();
        loseTheFirstAnswers(lost, error, goesOn);
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
        assertThat(imported).isEqualTo(1);
        assertThat(calls.stream().filter("HistoryJob"::equals)).hasSize(lost + 1);
    }

    @Test
    void anImportThatCannotBeStartedFailsTheRunInTheEndAndARedriveHealsIt() {
        appendingHistory();
        loseTheFirstAnswers(6, "Glue.InternalServiceException", true);
        assertThat(run("pipeline", Map.of()))
                .isEqualTo(new ExecutionResult.Failed("RunFailed", "ImportHistory: ImportS3: the answer was lost"));
        assertThat(redrive().status()).isEqualTo("SUCCEEDED");
        assertThat(imported).isEqualTo(1);
        assertThat(calls).containsOnlyOnce("DatabaseJob");
    }

    @Test
    void anImportThatFailedIsNotTriedAgain() {
        appendingHistory();
        loseTheFirstAnswers(1, "States.TaskFailed", false);
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("FAILED");
        assertThat(calls).containsOnlyOnce("HistoryJob");
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

    /** A function's failure has its class for a name, where a task of Step Functions' own says Glue.X. */
    @ParameterizedTest
    @ValueSource(strings = {"ConcurrentRunsExceededException", "ResourceNumberLimitExceededException"})
    void theRoomJobWaitsForAnotherRunOfItAsTheImportsDo(String error) {
        everythingAnswers(true);
        functions.put("LaunchJob", payload -> {
            if (calls.stream().filter("LaunchJob"::equals).count() < 6) {
                throw new TaskException(GLUE + error, "Concurrent runs exceeded for rooms");
            }
            return "{\"state\":\"RUNNING\",\"handles\":[],\"details\":{}}";
        });
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
    }

    @Test
    void scoresThatSomebodyElseCommittedAreLookedAtAgain() {
        everythingAnswers(true);
        faults.put(
                "room/Score",
                new ArrayDeque<>(Collections.nCopies(
                        2, new TaskException("io.thermolake.score.ScoresConflictException", "another was faster"))));
        assertThat(run("room", Map.of("run", Map.of(), "room", "lab", "endpoint", "e")))
                .isInstanceOfSatisfying(
                        ExecutionResult.Succeeded.class,
                        answered -> assertThat(Json.object(answered.output())).containsEntry("outcome", "SUCCEEDED"));
    }
}
