package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.TaskException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run whose detection came to nothing is no success, whatever number of rooms it has. */
class FailedRoomsTest extends OwnMachines {
    private void rooms(String... names) {
        everythingAnswers(true);
        on("CommitRun", "{\"manifest\":1,\"rooms\":[\"" + String.join("\",\"", names) + "\"]}");
    }

    /** @param error of each room, in their order; empty where it goes well */
    private void scoring(List<String> names, String... errors) {
        functions.put("ScorePartitions", payload -> {
            String error = errors[names.indexOf(payload.get("room"))];
            if (!error.isEmpty()) {
                throw new TaskException(error, error.equals("DiskFull") ? "No space left on device" : "broken");
            }
            return "{\"done\":true,\"scored\":7,\"alarms\":1,\"version\":\"w\"}";
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DiskFull | DiskFull | DiskFull | Detect: The detection of 3 of 3 rooms failed, 3 of them with DiskFull, such as a: No space left on device",
                "Other    | DiskFull | DiskFull | Detect: The detection of 3 of 3 rooms failed, 2 of them with DiskFull, such as b: No space left on device",
            })
    void everyRoomThatFailsFailsTheRunWithTheCommonestCause(String a, String b, String c, String cause) {
        rooms("a", "b", "c");
        scoring(List.of("a", "b", "c"), a, b, c);
        assertThat(run("pipeline", Map.of())).isEqualTo(new ExecutionResult.Failed("RunFailed", cause));
        assertThat(calls).contains("DeleteEndpoint", "CommitRun").doesNotContain("PublishReport", "FinishRun");
    }

    @Test
    void theErrorHasAName() {
        rooms("a");
        scoring(List.of("a"), "DiskFull");
        functions.put("FailRun", payload -> {
            throw new TaskException("RunFailed", String.valueOf(payload.get("error")));
        });
        assertThat(run("pipeline", Map.of())).isEqualTo(new ExecutionResult.Failed("RunFailed", "EveryRoomFailed"));
    }

    @Test
    void aLakeOfOneRoomIsNoException() {
        rooms("a");
        scoring(List.of("a"), "DiskFull");
        assertThat(run("pipeline", Map.of()))
                .isEqualTo(
                        new ExecutionResult.Failed(
                                "RunFailed",
                                "Detect: The detection of 1 of 1 rooms failed, 1 of them with DiskFull, such as a: No space left on device"));
    }

    @Test
    void oneRoomThatGoesWellIsASuccess() {
        rooms("a", "b", "c");
        scoring(List.of("a", "b", "c"), "DiskFull", "", "Other");
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aRoomThatIsWatchedWithoutAModelHasNotFailed() {
        rooms("a", "b");
        functions.put("ScorePartitions", payload -> {
            if (payload.get("room").equals("b")) {
                throw new TaskException("Other", "broken");
            }
            return "{\"done\":true,\"scored\":7,\"alarms\":1,\"version\":null}";
        });
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aRedriveDetectsTheRoomsAgainAndExtractsNothingAgain() {
        rooms("a", "b");
        scoring(List.of("a", "b"), "DiskFull", "DiskFull");
        assertThat(run("pipeline", Map.of()).status()).isEqualTo("FAILED");
        scoring(List.of("a", "b"), "", "");
        ExecutionResult again = finish(engine.redrive(
                definition("pipeline"),
                identity("pipeline"),
                Map.of(),
                listener("pipeline"),
                snapshot,
                1,
                history.size()));
        assertThat(again.status()).isEqualTo("SUCCEEDED");
        assertThat(calls).containsOnlyOnce("LaunchJob", "CommitRun").contains("PublishReport", "FinishRun");
    }
}
