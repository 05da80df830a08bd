package io.thermolake.local.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.local.stack.StackReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobMode;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;

class JobRunsTest {
    @TempDir
    Path state;

    @Test
    void theHistoryJobIsVisualAndTheOthersAreScripts() {
        assertThat(jobs().jobs().stream().collect(Collectors.toMap(Job::name, Job::jobMode)))
                .isEqualTo(Map.of(
                        "thermolake-history", JobMode.VISUAL,
                        "thermolake-rooms", JobMode.SCRIPT,
                        "thermolake-external-db", JobMode.SCRIPT));
    }

    @Test
    void aRunWithCodeOfItsOwnIsRefusedAndLeavesNoRun() {
        JobRuns jobs = jobs();

        assertThatThrownBy(() -> jobs.start(StartJobRunRequest.builder()
                        .jobName("thermolake-rooms")
                        .arguments(Map.of("--extra-jars", "s3://bucket/evil.jar"))
                        .build()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--extra-jars");
        assertThat(jobs.of("thermolake-rooms")).isEmpty();
    }

    private JobRuns jobs() {
        Path home = Path.of("..").toAbsolutePath().normalize();
        return new JobRuns(
                StackReader.read(
                        home.resolve("template.yaml"), Map.of("JdbcUrl", "jdbc:x", "DatabaseSecretId", "secret")),
                state,
                null,
                null,
                null,
                home,
                Clock.systemUTC(),
                null);
    }
}
