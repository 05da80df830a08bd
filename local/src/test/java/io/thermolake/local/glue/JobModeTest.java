package io.thermolake.local.glue;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.local.stack.StackReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobMode;

class JobModeTest {
    @TempDir
    Path state;

    @Test
    void theHistoryJobIsVisualAndTheOthersAreScripts() {
        Path home = Path.of("..").toAbsolutePath().normalize();
        JobRuns jobs = new JobRuns(
                StackReader.read(
                        home.resolve("template.yaml"), Map.of("JdbcUrl", "jdbc:x", "DatabaseSecretId", "secret")),
                state,
                null,
                null,
                null,
                home,
                Clock.systemUTC(),
                null);

        assertThat(jobs.jobs().stream().collect(Collectors.toMap(Job::name, Job::jobMode)))
                .isEqualTo(Map.of(
                        "thermolake-history", JobMode.VISUAL,
                        "thermolake-rooms", JobMode.SCRIPT,
                        "thermolake-external-db", JobMode.SCRIPT));
    }
}
