package io.thermolake.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.finish.Failure;
import io.thermolake.run.RunPlan;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

class RunStepsTest {
    private static final Instant BEGIN = Instant.parse("2026-03-31T00:00:00Z");
    private final StateTrace trace = new StateTrace();
    private long id;

    private long event(String type, long previous, long second, String state) {
        HistoryEvent.Builder event = HistoryEvent.builder()
                .id(++id)
                .previousEventId(previous)
                .type(type)
                .timestamp(BEGIN.plusSeconds(second));
        if (type.endsWith("Entered")) {
            event.stateEnteredEventDetails(d -> d.name(state));
        } else if (type.endsWith("Exited")) {
            event.stateExitedEventDetails(d -> d.name(state));
        }
        trace.add(event.build());
        return id;
    }

    private RunSteps.Step step(String name, Map<String, RunPlan.Step> plan, Failure failure) {
        return RunSteps.of(trace, plan, failure, BEGIN.plusSeconds(100)).stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStepsTimeAndAttemptsAreThoseOfItsTasks() {
        long entered = event("TaskStateEntered", 0, 2, "CommitRun");
        long first = event("TaskScheduled", entered, 2, "");
        long failed = event("TaskFailed", first, 3, "");
        long second = event("TaskScheduled", failed, 5, "");
        event("TaskStateExited", second, 9, "CommitRun");
        assertThat(step("CommitRun", Map.of("CommitRun", new RunPlan.Step(true, "it is new")), null))
                .isEqualTo(new RunSteps.Step("CommitRun", "SUCCEEDED", "it is new", 7.0, 2));
    }

    @Test
    void branchesThatRunSideBySideAreToldApartByTheirEvents() {
        long lab = event("TaskStateEntered", 0, 0, "DetectRoom");
        long office = event("TaskStateEntered", 0, 0, "DetectRoom");
        event("TaskStateExited", event("TaskScheduled", office, 1, ""), 4, "DetectRoom");
        event("TaskStateExited", event("TaskScheduled", lab, 1, ""), 6, "DetectRoom");
        assertThat(trace.visits())
                .extracting(v -> v.exited)
                .containsExactly(BEGIN.plusSeconds(6), BEGIN.plusSeconds(4));
    }

    @Test
    void aFailedImportIsNamedByItsBranchAndWhatCameAfterWasNotReached() {
        event("TaskStateExited", event("TaskStateEntered", 0, 0, "CrawlHistory"), 1, "CrawlHistory");
        event("TaskStateExited", event("TaskStateEntered", 0, 0, "CrawlDatabase"), 1, "CrawlDatabase");
        Failure failure = new Failure("r", "ImportHistory", "Error", "ImportDatabase: no way to it", 0);
        Map<String, RunPlan.Step> plan = Map.of(
                "ExtractRooms", new RunPlan.Step(true, "new readings"), "Detect", new RunPlan.Step(false, "not due"));
        assertThat(step("ImportS3", plan, failure).status()).isEqualTo("SUCCEEDED");
        assertThat(step("ImportDatabase", plan, failure).status()).isEqualTo("FAILED");
        assertThat(step("ExtractRooms", plan, failure).reason()).isEqualTo("not reached: ImportHistory failed");
        assertThat(step("Detect", plan, failure).reason()).isEqualTo("not due");
    }
}
